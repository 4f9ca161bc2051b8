using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>A region that fails never fails without a reason: <c>explain</c>, and what <c>run</c> shows below the step.</summary>
public class ExplainCommandTests
{
    /// <summary>Two cards below two host bridges; the right order is left, right.</summary>
    private const string TwoCards = """
        name: two-cards
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: left, volatile: 1GiB}}]}
          - {uid: 6, bus: 0x20, root_ports: [{at: 01.0, port: 0, type3: {id: right, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5, 6]}]
        steps:
          - create-region: {decoder: decoder0.0, memdevs: [ORDER]}

        """;

    private const string WrongOrder = """
          CXK0104 the window has another host bridge at this position
            object   region0
            write    'decoder4.0' to /sys/bus/cxl/devices/region0/target0
            in       store_targetN region0 > cxl_region_attach region0 decoder4.0 > cxl_region_attach_position (drivers/cxl/core/region.c)
            answer   ENXIO
            reason   mem1:decoder4.0 invalid target position for decoder0.0
            values   position = 0, host bridge of mem1 = 6, host bridge of decoder0.0 there = 5
            nearest  memdevs: [left, right]

        """;

    [Fact]
    public void WrongOrder_IsAnsweredWithTheRightOne()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("explain", folder.Write("p.yaml", TwoCards.Replace("ORDER", "right, left")));

        (result.ExitCode, result.Error).Should().Be((1, ""));
        result.Output.Should().Be($"""
            two-cards, Linux 6.12: 0 B in use, 1 GiB free, 1 GiB stranded

            left (mem0 0000:11:00.0), 1 GiB
              1 GiB free: no region was made of it; there is room in decoder0.0

            right (mem1 0000:21:00.0), 1 GiB
              1 GiB stranded: decoder4.0; decoder4.0 holds it and is in no region; write 0 to its dpa_size to free it

            {folder["p.yaml"]}:7:5: 'create-region decoder0.0 ram right left' ended with ENXIO; expected Ok

            """ + WrongOrder);
    }

    [Fact]
    public void RightOrder_Works()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("explain", folder.Write("p.yaml", TwoCards.Replace("ORDER", "left, right")));

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().StartWith("two-cards, Linux 6.12: 2 GiB in use, 0 B free, 0 B stranded\n").And.Contain(
            "1 GiB in use: decoder0.0 > region0 0x1000000000 2 GiB x2 > decoder3.0 > dax0.0 kmem > 16 memory blocks (512-527) online in Normal of node 1");
        result.Output.Should().NotContain("CXK");
    }

    [Fact]
    public void Json_HasTheSame()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("explain", folder.Write("p.yaml", TwoCards.Replace("ORDER", "right, left")), "--format", "json");

        result.ExitCode.Should().Be(1);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.EnumerateObject().Select(member => member.Name).Should().Equal("platform", "kernel", "devices", "steps", "refusals", "findings");
        root.GetProperty("devices")[1].GetProperty("stranded").GetUInt64().Should().Be(1UL << 30);
        JsonElement refusal = root.GetProperty("steps")[0].GetProperty("refusal");
        refusal.GetProperty("rule").GetString().Should().Be("CXK0104");
        refusal.GetProperty("function").GetString().Should().Be("cxl_region_attach_position");
        refusal.GetProperty("source").GetString().Should().Be("drivers/cxl/core/region.c");
        refusal.GetProperty("proposal").GetString().Should().Be("memdevs: [left, right]");
    }

    [Fact]
    public void Run_ShowsItBelowTheStep()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", TwoCards.Replace("ORDER", "right, left"));
        ProgramResult result = RealProgram.Run("run", file, "--log-level", "none");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Be($"{file}:7:5: 'create-region decoder0.0 ram right left' ended with ENXIO; expected Ok\n{WrongOrder}");
        result.Output.Should().Contain("0 B of 1 GiB of right in use, 0 B free, 1 GiB stranded: 1 GiB: decoder4.0 holds it and is in no region; write 0 to its dpa_size to free it.\n");
    }

    [Fact]
    public void StepsCanBeLeftOut_AndWhatTheMachineWastesIsSaid()
    {
        using ScratchFolder folder = new();
        string machine = TwoCards.Replace("ORDER", "right, left").Replace("size: 4GiB", "size: 1GiB");
        ProgramResult result = RealProgram.Run("explain", folder.Write("p.yaml", machine), "--no-steps");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("512 MiB stranded: decoder0.0 (1 GiB) has no room left (CXK0031)");
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--wrong", "")]
    public void BadCommandLine_IsRefused(params string[] options) => RealProgram.Run(["explain", RealProgram.Platform("qemu-single"), .. options]).ExitCode.Should().Be(2);

    [Fact]
    public void BadFile_IsRefused() => RealProgram.Run("explain", "there-is-no-such-file.yaml").ExitCode.Should().Be(2);
}
