namespace CxlSim.Cli.Tests;

/// <summary>What users get wrong, and the line that they get for it. Files begin with the bridge of <see cref="Bridge"/>.</summary>
public class BadPlatformTests
{
    private const string Bridge = "host_bridges: [{uid: 5, bus: 16, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}]}]\n";

    [Theory]
    [InlineData("name: [x", "1:9", "CXP0002", "not YAML")]
    [InlineData("host_bridge: []", "1:1", "CXP0003", "did you mean 'host_bridges'?")]
    [InlineData(Bridge + "windows: [{granularity: 300, targets: [5]}]", "2:25", "CXP0016", "expected a power of two")]
    [InlineData(Bridge + "memory: {nodes: [{pxm: 0, ranges: [0x0-0xffffffff]}]}", "2:36", "CXP0013", "expected address ranges apart")]
    [InlineData(Bridge + "windows: [{base: 0x3fffc0000000, size: 1GiB, targets: [5]}]\nkernel: {cxl_test: true}", "2:18", "CXP0013", "overlaps the mock devices of cxl_test")]
    [InlineData(Bridge + "windows: [{targets: [5, 5, 5, 5, 5]}]", "2:21", "CXP0015", "the legal numbers of ways")]
    [InlineData("host_bridges: [{uid: 5, bus: 16, root_ports: [{at: 01.0}, {at: 01.0}]}]", "1:64", "CXP0017", "taken twice")]
    [InlineData(Bridge + "windows: [{base: 0x1000000000, size: 99999999TiB, targets: [5]}]", "2:38", "CXP0007", "99999999TiB")]
    public void Mistake_HasNumberAndPlace(string text, string place, string number, string words)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", text);
        ProgramResult result = RealProgram.Run("run", file);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith($"{file}:{place}: error {number}: ").And.Contain(words);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle("there is one mistake, and no stack trace");
    }

    [Fact]
    public void SeveralMistakes_AreAllReportedInTheOrderOfTheFile()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", "naem: x\n" + Bridge + "windows: [{base: 0x1008000000, size: 1025MiB, targets: [7]}]\nsteps: [{wirte: 1}]\n");
        ProgramResult result = RealProgram.Run("run", file, "--quiet");
        result.ExitCode.Should().Be(2);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[0][(file.Length + 1)..] + " " + line.Split(": ")[1].Split(' ')[1])
            .Should().Equal("1:1 CXP0003", "3:18 CXP0010", "3:38 CXP0012", "3:57 CXP0014", "4:10 CXP0027");
    }
}
