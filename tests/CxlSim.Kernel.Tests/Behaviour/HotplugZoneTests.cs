using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What the zones of the hot-added node hold, state by state, as the recordings 09-hotplug-options say: zone, start, spanned, present, managed.</summary>
public sealed class HotplugZoneTests
{
    private const string Memory = "/sys/devices/system/memory/";
    private const string Whole = "4784128 262144 262144 262144";
    private const string WithMemmap = "4784128 262144 262144 258048";

    [Theory]
    [InlineData("quiet", "Normal " + Whole)]
    [InlineData("memhp_default_state=online_kernel", "Normal " + Whole)]
    [InlineData("memhp_default_state=online_movable", "Movable " + Whole)]
    [InlineData("memory_hotplug.online_policy=auto-movable", "Normal " + Whole)]
    [InlineData("memhp_default_state=offline", "")]
    [InlineData("memory_hotplug.memmap_on_memory=1", "Normal " + WithMemmap)]
    [InlineData("memory_hotplug.memmap_on_memory=force memhp_default_state=online_movable", "Movable " + WithMemmap)]
    public void Created(string commandLine, string zones) => Zones(WithRegion(commandLine)).Should().Be(zones);

    /// <summary>03-offline and 04-online-no-movable: the zone is empty, and a plain online makes it Normal whatever it was.</summary>
    [Theory]
    [InlineData("quiet", Whole)]
    [InlineData("memory_hotplug.memmap_on_memory=1", WithMemmap)]
    [InlineData("memory_hotplug.memmap_on_memory=force memhp_default_state=online_movable", WithMemmap)]
    public void OfflineAndOnlineAgain(string commandLine, string pages)
    {
        MachineSession session = WithRegion(commandLine);

        All(session, "offline");
        Zones(session).Should().BeEmpty();
        session.Text("/sys/devices/system/node/online").Should().Be("0-1", "blocks that are offline keep the node");

        All(session, "online");
        Zones(session).Should().Be("Normal " + pages);
    }

    /// <summary>The variant "offline", from 02-online to 08-mixed.</summary>
    [Fact]
    public void MovableMemory_WithOneBlockTakenOut()
    {
        MachineSession session = WithRegion("memhp_default_state=offline");

        All(session, "online_movable");
        Zones(session).Should().Be("Movable " + Whole);
        Store(session, 151, "offline");
        Zones(session).Should().Be("Movable 4784128 262144 229376 229376", "a hole in the middle stays in the span");
        Store(session, 151, "online_kernel");
        Zones(session).Should().Be("Normal 4947968 32768 32768 32768, Movable 4784128 262144 229376 229376");
        Store(session, 151, "offline");
        Store(session, 151, "online_movable");
        Zones(session).Should().Be("Movable " + Whole);
    }

    [Fact]
    public void SpanShrinks_WhereABlockAtItsEdgeGoes()
    {
        MachineSession session = WithRegion("memory_hotplug.memmap_on_memory=1");

        Store(session, 146, "offline");
        Zones(session).Should().Be("Normal 4816896 229376 229376 225792");
        Store(session, 153, "offline");
        Zones(session).Should().Be("Normal 4816896 196608 196608 193536");
    }

    /// <summary>01-single-volatile/03-devdax: the pages of a mapped device span the zone Device of the CPU's node for good, and are present nowhere.</summary>
    [Fact]
    public void DevdaxPages_SpanTheDeviceZoneOfTheCpusNode()
    {
        MachineSession session = WithRegion("memhp_default_state=offline");
        Zone device = session.Kernel.Numa.Node(0).Zone(ZoneType.Device);
        device.SpannedPages.Should().Be(0);

        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);

        (device.SpannedPages, device.PresentPages, device.StartPfn).Should().Be((262144UL, 0UL, 4784128UL));
        session.Kernel.Numa.Node(1).Zone(ZoneType.Device).SpannedPages.Should().Be(0);
    }

    private static MachineSession WithRegion(string commandLine) => Given.AfterSteps($$$"""
        kernel: {command_line: {{{commandLine}}}}
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 8GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 1GiB}}]
        """);

    private static void All(MachineSession session, string state)
    {
        for (int block = 146; block < 154; block++)
        {
            Store(session, block, state);
        }
    }

    private static void Store(MachineSession session, int block, string state) => session.Write($"{Memory}memory{block}/state", state).Should().Be(Errno.Ok);

    private static string Zones(MachineSession session) => string.Join(", ", session.Kernel.Numa.Node(1).Zones
        .Where(zone => zone.SpannedPages > 0)
        .Select(zone => $"{zone.Name} {zone.StartPfn} {zone.SpannedPages} {zone.PresentPages} {zone.ManagedPages}"));
}
