using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>The driver's way back from a device's bytes to host addresses, beside the hardware's way there (groups S and P of the sheet on address translation).</summary>
public class RegionTranslationTests
{
    private const string PublishedMaps = "arithmetic: xor, xor_maps: [0x2020900, 0x4041200, 0x1010400, 0x800]";
    private const string ShortMaps = "arithmetic: xor, xor_maps: [0x404100, 0x808200]";

    private static readonly Dictionary<string, Lazy<MachineSession>> Machines = new()
    {
        ["XO2"] = new(() => Machine(0x1000000000, 2, 1, ShortMaps)),
        ["XO4"] = new(() => Machine(0x1000000000, 4, 1, ShortMaps)),
        ["XO2x2"] = new(() => Machine(0x1000000000, 2, 2, ShortMaps)),
        ["XT8"] = new(() => Machine(0x2000000000, 8, 1, PublishedMaps)),
        ["3x2"] = new(() => Machine(0x3000000000, 3, 2, "arithmetic: modulo")),
        ["XO3"] = new(() => Machine(0x3000000000, 3, 1, "arithmetic: xor")),
    };

    // Rows S33 to S52: the member is "bridge.port".
    [Theory]
    [InlineData("XO2", 0x1000000000, "0.0", 0x0)]
    [InlineData("XO2", 0x1000000100, "1.0", 0x0)]
    [InlineData("XO2", 0x1000004000, "1.0", 0x2000)]
    [InlineData("XO2", 0x1000004100, "0.0", 0x2000)]
    [InlineData("XO2", 0x1000400000, "1.0", 0x200000)]
    [InlineData("XO2", 0x1000404100, "1.0", 0x202000)]
    [InlineData("XO2", 0x1012345678, "1.0", 0x91a2b78)]
    [InlineData("XO4", 0x1000000100, "1.0", 0x0)]
    [InlineData("XO4", 0x1000000300, "3.0", 0x0)]
    [InlineData("XO4", 0x100000c000, "3.0", 0x3000)]
    [InlineData("XO4", 0x1000c0c300, "3.0", 0x303000)]
    [InlineData("XO4", 0x1007654321, "3.0", 0x1d95021)]
    [InlineData("XO2x2", 0x1000004300, "0.1", 0x1000)]
    [InlineData("XO2x2", 0x1000004400, "1.0", 0x1100)]
    [InlineData("XT8", 0x2000000100, "1.0", 0x0)]
    [InlineData("XT8", 0x2000000200, "2.0", 0x0)]
    [InlineData("XT8", 0x2000000400, "4.0", 0x0)]
    [InlineData("XT8", 0x2000020000, "1.0", 0x4000)]
    [InlineData("XT8", 0x2007ffffff, "4.0", 0xffffff)]
    [InlineData("XT8", 0x2012345600, "7.0", 0x2468a00)]
    [InlineData("XO3", 0x3000000100, "1.0", 0x0)]
    public void XorWindow_IsTranslatedThereAndBack(string machine, ulong address, string member, ulong dpa)
    {
        MachineSession session = Machines[machine].Value;

        session.Machine.Resolve(new Hpa(address)).Should().Be(new DataPathTarget(member, new Dpa(dpa)));
        AddressOf(session, member, dpa).Should().Be(new Hpa(address));
    }

    // Six ways over a root of three: hardware pairs the remainders by 3 and by 2, Linux counts bridges first.
    [Theory]
    [InlineData(0, "0.0", 0x0, 0)]
    [InlineData(1, "1.1", 0x0, 4)]
    [InlineData(2, "2.0", 0x0, 2)]
    [InlineData(3, "0.1", 0x0, 3)]
    [InlineData(4, "1.0", 0x0, 1)]
    [InlineData(5, "2.1", 0x0, 5)]
    [InlineData(7, "1.1", 0x100, 10)]
    [InlineData(10, "1.0", 0x100, 7)]
    public void SixWays_AreReportedAsLinuxReportsThem(ulong chunk, string member, ulong dpa, ulong reported)
    {
        MachineSession session = Machines["3x2"].Value;

        session.Machine.Resolve(new Hpa(0x3000000000 + (chunk * 256))).Should().Be(new DataPathTarget(member, new Dpa(dpa)));
        AddressOf(session, member, dpa).Should().Be(new Hpa(0x3000000000 + (reported * 256)));
    }

    [Fact]
    public void Poison_IsReportedWhereACpuFindsIt()
    {
        MachineSession session = Machine(0x1000000000, 4, 1, ShortMaps);
        session.Kernel.Tracing.Main.Enabled.UnionWith(session.Kernel.Tracing.Events);

        session.Write($"/sys/kernel/debug/cxl/{MemdevOf(session, "3.0").Name}/inject_poison", "0x303000").Should().Be(Errno.Ok);

        session.Kernel.Tracing.Main.Render().Should().Contain("hpa=0x1000c0c300 dpa=0x303000 ");
    }

    [Fact]
    public void BytesOutsideTheRegion_HaveNoAddress()
    {
        MachineSession session = Machine(0x1000000000, 2, 2, ShortMaps, size: 256);
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);
        CxlMemdev memdev = MemdevOf(session, "1.0");

        session.Region("region1").ToHpa(memdev, new Dpa(0xfffffff)).Should().BeNull("it is before the member's share");
        session.Region("region0").ToHpa(memdev, new Dpa(0x10000000)).Should().BeNull("it is behind");
        session.Region("region1").ToHpa(memdev, new Dpa(0x10000000)).Should().Be(new Hpa(0x1040000100));
        session.Region("region0").ToHpa(memdev, new Dpa(ulong.MaxValue)).Should().BeNull();
        Machines["XO4"].Value.Region("region0").ToHpa(memdev, new Dpa(0)).Should().BeNull("the device is no member");
    }

    // Group U: base chunk 1 modulo 3. Until 7.0 the driver counts from the region's start, whatever bridge that belongs to.
    [Theory]
    [InlineData(0x0, 0, 0x3010000200, 0x3010000000)]
    [InlineData(0x0, 1, 0x3010000000, 0x3010000100)]
    [InlineData(0x0, 2, 0x3010000100, 0x3010000200)]
    [InlineData(0x100, 0, 0x3010000500, 0x3010000300)]
    [InlineData(0x1ff, 2, 0x30100004ff, 0x30100005ff)]
    public void RegionThatBeginsInTheMiddleOfATurn_IsMindedFrom7_0(ulong dpa, int position, ulong since, ulong before)
    {
        string member = $"{position}.0";
        MachineSession newer = Machine(0x3010000000, 3, 1, "arithmetic: modulo", version: "7.0");

        AddressOf(newer, member, dpa).Should().Be(new Hpa(since));
        newer.Machine.Resolve(new Hpa(since)).Should().Be(new DataPathTarget(member, new Dpa(dpa)), "this is where hardware finds it");
        AddressOf(Machine(0x3010000000, 3, 1, "arithmetic: modulo"), member, dpa).Should().Be(new Hpa(before));
    }

    private static Hpa? AddressOf(MachineSession session, string member, ulong dpa) => session.Region("region0").ToHpa(MemdevOf(session, member), new Dpa(dpa));

    private static CxlMemdev MemdevOf(MachineSession session, string member) =>
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single(memdev => memdev.Pci!.Address == session.Machine.Devices.Single(device => device.Id == member).Address);

    /// <summary>Bridges with as many devices of 512 MiB each, one region over all, bridges first; devices are named "bridge.port".</summary>
    private static MachineSession Machine(ulong start, int bridges, int ports, string arithmetic, int size = 512, string version = "6.12")
    {
        string[] names = [.. Enumerable.Range(0, ports).SelectMany(port => Enumerable.Range(0, bridges).Select(bridge => $"\"{bridge}.{port}\""))];
        IEnumerable<string> described = Enumerable.Range(0, bridges).Select(bridge =>
            $"  - {{uid: {bridge}, bus: {bridge * 16}, root_ports: ["
            + string.Join(", ", Enumerable.Range(0, ports).Select(port => $"{{type3: {{id: \"{bridge}.{port}\", volatile: 512MiB}}}}")) + "]}");
        return Given.AfterSteps($$"""
            kernel: {version: "{{version}}"}
            memory: {dram: 2GiB, cpus: 2}
            host_bridges:
            {{string.Join('\n', described)}}
            windows: [{base: 0x{{start:x}}, targets: [{{string.Join(", ", Enumerable.Range(0, bridges))}}], {{arithmetic}}}]
            steps:
              - create-region: {decoder: decoder0.0, memdevs: [{{string.Join(", ", names)}}], size: {{names.Length * size}}MiB}
            """);
    }
}
