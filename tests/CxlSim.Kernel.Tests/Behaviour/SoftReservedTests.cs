using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Specific-purpose memory: over a window that firmware has programmed, and over DRAM (recordings 10-soft-reserved and 14).</summary>
public sealed class SoftReservedTests
{
    private const ulong Window = 0x10_0000_0000;
    private const ulong Special = 0x1_4000_0000;

    [Fact]
    public void RangeOfTheRegion_LiesBetweenRegionAndDax()
    {
        MachineSession session = OverWindow("");

        session.Around(new Hpa(Window)).Should().Be("CXL Window 0 > region0 > Soft Reserved > dax0.0 > System RAM (kmem)");
        session.Kernel.Numa.TargetNode(new Hpa(Window)).Should().Be(1);
        session.Kernel.PlatformBus.Devices.OfType<HmemDevice>().Should().BeEmpty("the range is left to CXL");
    }

    [Theory]
    [InlineData("command_line: efi=nosoftreserve")]
    [InlineData("config: {EFI_SOFT_RESERVE: n}")]
    public void NotReserved_TheRegionIsBootMemory(string kernel)
    {
        MachineSession session = OverWindow(kernel);

        session.Around(new Hpa(Window)).Should().Be("CXL Window 0 > region0 > System RAM");
        session.Region("region0").IsBound.Should().BeTrue();
        session.Kernel.Cxl.Bus.Devices.OfType<CxlDaxRegion>().Should().BeEmpty("busy System RAM is left to the firmware's map");
    }

    [Fact]
    public void DramRange_ComesBackThroughHmem()
    {
        MachineSession session = OverDram("");

        session.Around(new Hpa(Special)).Should().Be("Soft Reserved > dax1.0 > System RAM (kmem)");
        session.Kernel.PlatformBus.Find("hmem.1").Should().BeOfType<HmemDevice>("region 0 is kept for the window");
        session.Text("/sys/bus/dax/devices/dax1.0/size").Should().Be("536870912");
        session.Text("/sys/bus/dax/devices/dax1.0/target_node").Should().Be("0");
        session.Text("/sys/bus/dax/devices/dax1.0/numa_node").Should().Be("0");
        session.Text("/sys/devices/system/memory/memory40/state").Should().Be("online");
    }

    [Fact]
    public void DramRange_StaysOfflineWhereThePolicySaysSo()
    {
        MachineSession session = OverDram("command_line: memhp_default_state=offline");

        session.Text("/sys/devices/system/memory/memory40/state").Should().Be("offline");
    }

    [Fact]
    public void DramRange_HasNoBlocksWithoutKmem()
    {
        MachineSession session = OverDram("modules: [cxl_acpi, cxl_pci, cxl_mem, cxl_port, dax_cxl, device_dax, dax_hmem]");

        session.Around(new Hpa(Special)).Should().Be("Soft Reserved");
        session.Read("/sys/devices/system/memory/memory40/state").Error.Should().Be(Errno.ENOENT);
    }

    [Theory]
    [InlineData("command_line: efi=nosoftreserve")]
    [InlineData("config: {EFI_SOFT_RESERVE: n}")]
    public void DramRange_IsPlainMemoryWhereNobodyReservesIt(string kernel)
    {
        MachineSession session = OverDram(kernel);

        session.Around(new Hpa(Special)).Should().Be("System RAM");
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();
        session.Kernel.Memory.FindBlock(40)!.IsBootMemory.Should().BeTrue();
    }

    [Fact]
    public void PartOfAnUnprogrammedWindow_IsLostToRegions()
    {
        MachineSession session = Given.AfterSteps("""
            memory:
              nodes: [{pxm: 0, size: 2GiB, cpus: 1}]
              efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim},
                    {range: 0x490000000-0x4cfffffff, type: conventional, sp: true}]
            host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            steps: [{create-region: {decoder: decoder0.0, size: 512MiB}}]
            """);

        session.Text(Given.Devices + "region0/resource").Should().Be("0x4d0000000");
        session.Around(new Hpa(0x4_9000_0000)).Should().Be("CXL Window 0 > Soft Reserved");
    }

    /// <summary>From 7.0 on the range is not in iomem; from 7.1 on its device hangs below the platform's (recordings 10b and 14 of 7.2).</summary>
    [Theory]
    [InlineData("6.19", "Soft Reserved > dax1.0 > System RAM (kmem)", "/devices/platform/hmem.1")]
    [InlineData("7.0", "dax1.0 > System RAM (kmem)", "/devices/platform/hmem.1")]
    [InlineData("7.1", "dax1.0 > System RAM (kmem)", "/devices/platform/hmem_platform.0/hmem.1")]
    public void DramRange_IsKeptApartFrom70On(string version, string around, string path)
    {
        MachineSession session = OverDram($"version: \"{version}\"");

        session.Around(new Hpa(Special)).Should().Be(around);
        session.Kernel.PlatformBus.Find("hmem.1")!.Path.Should().Be(path);
    }

    /// <summary>The recording 14 with 7.2: no level of its own below the region; CXL keeps the range.</summary>
    [Theory]
    [InlineData("6.12", "CXL Window 0 > region0 > Soft Reserved > dax0.0 > System RAM (kmem)")]
    [InlineData("7.2", "CXL Window 0 > region0 > dax0.0 > System RAM (kmem)")]
    public void RangeOfARegion_StaysWithTheRegion(string version, string around)
    {
        MachineSession session = OverWindow($"version: \"{version}\"");

        session.Around(new Hpa(Window)).Should().Be(around);
        session.Kernel.PlatformBus.Devices.OfType<HmemDevice>().Should().BeEmpty();
    }

    /// <summary>No decoder leads there: 6.12 leaves the range to CXL for good, 7.1 brings it online when no region has taken it.</summary>
    [Theory]
    [InlineData("7.0", "CXL Window 0")]
    [InlineData("7.1", "CXL Window 0 > dax1.0 > System RAM (kmem)")]
    public void RangeThatNoRegionTakes_ComesBackFrom71On(string version, string around)
    {
        MachineSession session = Given.Booted($$$"""
            kernel: {version: "{{{version}}}", command_line: memmap=0x40000000%0x490000000+0xefffffff}
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}]}
            host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """);

        session.Around(new Hpa(0x4_9000_0000)).Should().Be(around);
    }

    /// <summary>Firmware reserves more than its decoders make: 7.1 and later give all of it to dax_hmem first, and the region's dax device finds its addresses taken (asked of a real 7.2).</summary>
    [Theory]
    [InlineData("7.0", "CXL Window 0 > region0 > dax0.0 > System RAM (kmem)", "")]
    [InlineData("7.1", "CXL Window 0 > region0", "Debug")]
    [InlineData("7.2", "CXL Window 0 > region0", "Error")]
    public void RangeLargerThanTheRegion_IsOfNoUseToEither(string version, string around, string level)
    {
        MachineSession session = Given.Booted($$$"""
            kernel: {version: "{{{version}}}"}
            memory:
              efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim}, {range: 0x100000000-0x17fffffff, type: conventional},
                    {range: 0x1000000000-0x107fffffff, type: conventional, sp: true}]
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 2GiB, targets: [5]}]
            """);

        session.Around(new Hpa(Window)).Should().Be(around);
        session.Kernel.Log.Lines.Where(line => line.Text.EndsWith("cxl_dax_region dax_region0: dax_region resource conflict for [mem 0x1000000000-0x103fffffff]", StringComparison.Ordinal))
            .Select(line => line.Level.ToString()).Should().Equal(level.Length == 0 ? [] : [level]);
        session.Kernel.Refusals.All.Where(refusal => refusal.Rule == RefusalRules.DaxRange).Select(refusal => refusal.Values[1].Value)
            .Should().Equal(level.Length == 0 ? [] : ["0x1000000000-0x103fffffff region0"]);
    }

    [Fact]
    public void DaxCxl_HoldsDaxHmemFrom71On_AndComesWithoutItToo()
    {
        MachineSession tied = OverWindow("version: \"7.2\"");
        MachineSession without = OverWindow("version: \"7.2\", config: {DEV_DAX_HMEM: n}");

        tied.Kernel.Modules.Find("dax_hmem")!.Users.Select(user => user.Name).Should().Equal("dax_cxl");
        without.Around(new Hpa(Window)).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
    }

    private static MachineSession OverWindow(string kernel) => Given.Booted($$$"""
        kernel: { {{{kernel}}} }
        memory: {dram: 4GiB}
        firmware: {decoders: programmed}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 2GiB, targets: [5], efi: soft_reserved}]
        """);

    private static MachineSession OverDram(string kernel) => Given.Booted($$$"""
        kernel: { {{{kernel}}} }
        memory:
          nodes: [{pxm: 0, size: 4GiB, cpus: 1}]
          efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim},
                {range: 0x100000000-0x13fffffff, type: conventional}, {range: 0x140000000-0x15fffffff, type: conventional, sp: true},
                {range: 0x160000000-0x17fffffff, type: conventional}]
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """);
}
