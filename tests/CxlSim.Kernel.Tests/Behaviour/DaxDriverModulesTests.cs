using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Which driver a dax device gets depends on what is loaded, and on names that drivers were told (recordings 01 to 04).</summary>
public sealed class DaxDriverModulesTests
{
    private const string Machine = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 256MiB}}]
        """;

    private static readonly Hpa Start = new(0x4_9000_0000);

    [Fact]
    public void WithoutKmem_TheDeviceHasNoDriver_UntilItIsLoaded()
    {
        MachineSession session = Given.Booted(Machine);
        session.Unload("kmem").Should().Be(Errno.Ok);

        Create(session);
        DriverOf(session).Should().BeNull("device_dax does not take what is meant to become memory");
        session.Around(Start).Should().Be("CXL Window 0 > region0");

        session.Load("kmem").Should().Be(Errno.Ok);
        DriverOf(session).Should().Be("kmem");
        session.Around(Start).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
    }

    [Fact]
    public void WhereKmemIsNotBuilt_DeviceDaxTakesAll()
    {
        MachineSession session = Given.Booted("kernel: {config: {DEV_DAX_KMEM: n}}\n" + Machine);

        Create(session);

        DriverOf(session).Should().Be("device_dax");
    }

    /// <summary>The end of recording 01: the device is mapped, not memory, so nothing is leaked however the region goes.</summary>
    [Fact]
    public void NameThatDeviceDaxWasTold_OutlivesTheDevice()
    {
        MachineSession session = Given.Booted(Machine);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        Create(session);
        DriverOf(session).Should().Be("device_dax");

        session.Write("/sys/bus/cxl/drivers/cxl_region/unbind", "region0").Should().Be(Errno.Ok);
        session.Around(Start).Should().Be("CXL Window 0 > region0");
        session.Text(Given.Devices + "region0/commit").Should().Be("1");

        session.Write("/sys/bus/cxl/drivers/cxl_region/bind", "region0").Should().Be(Errno.Ok);
        session.Around(Start).Should().Be("CXL Window 0 > region0 > dax0.0");

        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        session.Around(Start).Should().Be("CXL Window 0");
        session.Text(Given.Devices + "decoder1.0/size").Should().Be("0x10000000");
        session.Text(Given.Devices + "decoder1.0/region").Should().BeEmpty();
        session.Text(Given.Devices + "decoder2.0/size").Should().Be("0x0");
    }

    [Fact]
    public void NameIsForgotten_WithTheModule()
    {
        MachineSession session = Given.Booted(Machine);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Unload("device_dax").Should().Be(Errno.Ok);
        session.Load("device_dax").Should().Be(Errno.Ok);

        Create(session);

        DriverOf(session).Should().Be("kmem");
    }

    [Fact]
    public void UnloadingKmem_RemovesWhatIsOffline()
    {
        MachineSession session = Given.Booted("kernel: {command_line: memhp_default_state=offline}\n" + Machine);
        Create(session);
        session.Kernel.Memory.Blocks.Count(block => !block.IsBootMemory).Should().Be(2);

        session.Unload("kmem").Should().Be(Errno.Ok);

        session.Kernel.Memory.Blocks.Count(block => !block.IsBootMemory).Should().Be(0);
        session.Around(Start).Should().Be("CXL Window 0 > region0");
    }

    [Fact]
    public void SoftReservedDevices_GoWithDaxHmem_AndComeBack()
    {
        MachineSession session = Given.Booted(SoftReserved(""));
        session.Kernel.PlatformBus.Find("hmem.1")!.Driver!.Name.Should().Be("hmem");

        session.Unload("dax_hmem").Should().Be(Errno.Ok);
        session.Kernel.PlatformBus.Find("hmem.1").Should().BeNull();
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();

        session.Load("dax_hmem").Should().Be(Errno.Ok);
        session.Kernel.PlatformBus.Find("hmem.1").Should().BeOfType<HmemDevice>("its number was free again");
    }

    [Fact]
    public void IdleRegion_IsHandedOutByHand_AndIsNotForKmem()
    {
        MachineSession session = Given.Booted(SoftReserved("command_line: dax_hmem.region_idle=1"));

        session.Text("/sys/bus/dax/devices/dax1.0/size").Should().Be("0");
        session.Write("/sys/bus/dax/devices/dax1.0/size", "0x10000000").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/bind", "dax1.0").Should().Be(Errno.ENODEV);
        session.Write("/sys/bus/dax/drivers/device_dax/bind", "dax1.0").Should().Be(Errno.Ok);
    }

    /// <summary>A specific-purpose range over DRAM; number 0 is kept for a region of the window.</summary>
    private static string SoftReserved(string kernel) => $$$"""
        kernel: { {{{kernel}}} }
        memory:
          nodes: [{pxm: 0, size: 4GiB, cpus: 1}]
          efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim},
                {range: 0x100000000-0x13fffffff, type: conventional}, {range: 0x140000000-0x15fffffff, type: conventional, sp: true},
                {range: 0x160000000-0x17fffffff, type: conventional}]
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    private static void Create(MachineSession session) =>
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Result.Should().Be("region0 0x490000000 256 MiB");

    private static string? DriverOf(MachineSession session) => session.Kernel.Dax.Bus.Find("dax0.0")!.Driver?.Name;
}
