using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What becomes of memory that kmem adds: build option, command line, and what is written later (recordings 09-hotplug-options).</summary>
public sealed class OnlinePolicyTests
{
    private const string Memory = "/sys/devices/system/memory/";

    [Theory]
    [InlineData("quiet", "online", "online", "Normal")]
    [InlineData("memhp_default_state=online", "online", "online", "Normal")]
    [InlineData("memhp_default_state=online_kernel", "online_kernel", "online", "Normal")]
    [InlineData("memhp_default_state=online_movable", "online_movable", "online", "Movable")]
    [InlineData("memhp_default_state=offline", "offline", "offline", "Normal Movable")]
    [InlineData("movable_node", "online", "online", "Movable")]
    [InlineData("movable_node memhp_default_state=offline", "offline", "offline", "Movable Normal")]
    [InlineData("memhp_default_state=sometimes", "online", "online", "Normal")]
    [InlineData("memhp_default_state=online_movable memhp_default_state=sometimes", "online_movable", "online", "Movable")] // an unknown word changes nothing
    [InlineData("memhp_default_state=online_movable memhp_default_state=offline", "offline", "offline", "Normal Movable")]
    [InlineData("memory_hotplug.online_policy=auto-movable", "online", "online", "Normal")]
    [InlineData("memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_ratio=400", "online", "online", "Normal")]
    [InlineData("memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware=N", "online", "online", "Movable")]
    [InlineData("memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware=N memory_hotplug.auto_movable_ratio=25", "online", "online", "Normal")]
    [InlineData("memory_hotplug.auto_movable_numa_aware=N", "online", "online", "Normal")]
    public void CommandLine_Decides(string commandLine, string policy, string state, string zones)
    {
        MachineSession session = WithRegion($"command_line: {commandLine}");

        session.Text(Memory + "auto_online_blocks").Should().Be(policy);
        ShouldAll(session, state, zones);
    }

    [Fact]
    public void BuildOption_Decides_WhereTheCommandLineSaysNothing()
    {
        MachineSession session = WithRegion("config: {MEMORY_HOTPLUG_DEFAULT_ONLINE: n}");

        session.Text(Memory + "auto_online_blocks").Should().Be("offline");
        ShouldAll(session, "offline", "Normal Movable");
    }

    /// <summary>One option that only says whether, then four that also say where.</summary>
    [Theory]
    [InlineData("6.13", "MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE: y", "online")]
    [InlineData("6.13", "MEMORY_HOTPLUG_DEFAULT_ONLINE: n", "offline")]
    [InlineData("6.14", "MEMORY_HOTPLUG_DEFAULT_ONLINE: n", "online")]
    [InlineData("6.14", "MHP_DEFAULT_ONLINE_TYPE_OFFLINE: y", "offline")]
    [InlineData("6.14", "MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO: y", "online")]
    [InlineData("6.14", "MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL: y", "online_kernel")]
    [InlineData("6.14", "MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE: y", "online_movable")]
    [InlineData("6.14", "MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO: n", "offline")]
    public void BuildOption_DependsOnTheVersion(string version, string option, string expected) =>
        Given.Booted(Machine($"version: \"{version}\", config: {{{option}}}")).Text(Memory + "auto_online_blocks").Should().Be(expected);

    [Fact]
    public void CommandLine_OverridesTheBuildOption() =>
        ShouldAll(WithRegion("config: {MEMORY_HOTPLUG_DEFAULT_ONLINE: n}, command_line: memhp_default_state=online_movable"), "online", "Movable");

    [Fact]
    public void LastWriter_OverridesBoth()
    {
        MachineSession session = Given.Booted(Machine("command_line: memhp_default_state=online"));
        session.Write(Memory + "auto_online_blocks", "online_movable").Should().Be(Errno.Ok);

        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);

        ShouldAll(session, "online", "Movable");
    }

    [Fact]
    public void OfflineBlocks_GoWhereTheWriteSays_AndZonesMayInterleave()
    {
        MachineSession session = WithRegion("command_line: memhp_default_state=offline");

        session.Write(Memory + "memory146/state", "online_movable").Should().Be(Errno.Ok);
        session.Write(Memory + "memory149/state", "online_movable").Should().Be(Errno.Ok);
        session.Write(Memory + "memory147/state", "online_kernel").Should().Be(Errno.Ok);

        session.Text(Memory + "memory147/valid_zones").Should().Be("Normal");
        session.Text(Memory + "memory148/valid_zones").Should().Be("Movable Normal", "it lies in the span of Movable, not in that of Normal");
        session.Write(Memory + "memory148/state", "online").Should().Be(Errno.Ok);
        session.Text(Memory + "memory148/valid_zones").Should().Be("Movable");
    }

    [Fact]
    public void AutoMovable_DoesNotMixOneDevicesMemory()
    {
        MachineSession session = WithRegion("command_line: memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware=N memhp_default_state=offline");
        session.Text(Memory + "memory146/valid_zones").Should().Be("Movable Normal");

        session.Write(Memory + "memory149/state", "online_kernel").Should().Be(Errno.Ok);

        session.Text(Memory + "memory146/valid_zones").Should().Be("Normal Movable");
    }

    [Fact]
    public void BlockBehindTheMovableSpan_GoesToNormal()
    {
        MachineSession session = WithRegion("command_line: memhp_default_state=offline");
        session.Write(Memory + "memory146/state", "online_movable").Should().Be(Errno.Ok);

        session.Write(Memory + "memory147/state", "online").Should().Be(Errno.Ok);

        session.Text(Memory + "memory147/valid_zones").Should().Be("Normal");
    }

    [Fact]
    public void MemmapOnMemory_KeepsAPartOfEachBlock()
    {
        MachineSession session = WithRegion("command_line: memory_hotplug.memmap_on_memory=Y");
        Zone zone = session.Kernel.Numa.Node(1).Zone(ZoneType.Normal);

        zone.PresentPages.Should().Be(131072);
        zone.ManagedPages.Should().Be(131072 - (4 * 512), "a block of 128 MiB holds 512 pages of its own struct pages");
    }

    [Fact]
    public void NodeWithoutMemoryLeft_LosesItsTier()
    {
        MachineSession session = WithRegion("command_line: memhp_default_state=online");
        session.Text("/sys/devices/virtual/memory_tiering/memory_tier22/nodelist").Should().Be("1");

        foreach (int block in new[] { 146, 147, 148, 149 })
        {
            session.Write($"{Memory}memory{block}/state", "offline").Should().Be(Errno.Ok);
        }

        session.Read("/sys/devices/virtual/memory_tiering/memory_tier22/nodelist").Error.Should().Be(Errno.ENOENT);
        session.Text("/sys/devices/system/node/has_memory").Should().Be("0");
    }

    private static MachineSession WithRegion(string kernel) => Given.AfterSteps(Machine(kernel));

    private static string Machine(string kernel) => $$$"""
        kernel: { {{{kernel}}} }
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 512MiB}}]
        """;

    private static void ShouldAll(MachineSession session, string state, string zones)
    {
        foreach (int block in new[] { 146, 147, 148, 149 })
        {
            session.Text($"{Memory}memory{block}/state").Should().Be(state);
            session.Text($"{Memory}memory{block}/valid_zones").Should().Be(zones);
        }
    }

    /// <summary>Of 16 GiB all but 2 are Movable: three times these are allowed, and there is more already.</summary>
    [Fact]
    public void AutoMovable_CountsBootMemoryThatIsMovable()
    {
        MachineSession session = Given.AfterSteps("""
            kernel: {command_line: kernelcore=1G memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware=N}
            memory: {dram: 16GiB}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            steps: [{create-region: {decoder: decoder0.0}}]
            """);

        session.Text(Memory + "memory512/valid_zones").Should().Be("Normal");
    }

    /// <summary>2 GiB are allowed three times as much and a bit; with half of them set aside for contiguous allocation, less than there is to come.</summary>
    [Theory]
    [InlineData("", "Movable")]
    [InlineData("cma=1G", "Normal")]
    public void AutoMovable_TakesContiguousAreasForMovable(string words, string zone)
    {
        MachineSession session = Given.AfterSteps($$$"""
            kernel: {command_line: "{{{words}}} memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware=N", config: {CMA: y, DMA_CMA: y}}
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}]}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 4GiB}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
            steps: [{create-region: {decoder: decoder0.0}}]
            """);

        session.Text(Memory + "memory512/valid_zones").Should().Be(zone);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("t")]
    [InlineData("force")]
    public void MemmapOnMemory_IsAnyWordForYes(string word)
    {
        MachineSession session = Given.Booted($$$"""
            kernel: {command_line: memory_hotplug.memmap_on_memory={{{word}}}}
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5], efi: soft_reserved}]
            """);

        session.Kernel.Memory.FindBlock(512)!.MemmapPages.Should().Be(512);
    }

    /// <summary>A node without memory and CPUs that tables name is nobody's business when another loses its memory.</summary>
    [Fact]
    public void NodeThatLosesItsMemory_GoesAlone()
    {
        MachineSession session = Given.AfterSteps("""
            memory:
              nodes: [{pxm: 0, size: 4GiB, cpus: 1}]
              srat: [{cpu: 0, pxm: 0}, {memory: 0x0-0x7fffffff, pxm: 0}, {memory: 0x100000000-0x17fffffff, pxm: 0}, {generic_initiator: "10:00.0", pxm: 1}]
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            steps: [{create-region: {decoder: decoder0.0}}, {offline: dax0.0}, {write: {path: /sys/bus/dax/drivers/kmem/unbind, value: dax0.0}}]
            """);

        session.Text("/sys/devices/system/node/online").Should().Be("0-1");
    }
}
