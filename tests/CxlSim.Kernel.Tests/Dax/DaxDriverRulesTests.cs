using CxlSim.Core;
using CxlSim.Session;
using static CxlSim.Kernel.Tests.DaxMachine;

namespace CxlSim.Kernel.Tests;

/// <summary>Which driver takes which device, by type and by name (rules D-08, D-13, D-21, D-40 to D-46, H-03, H-08).</summary>
public sealed class DaxDriverRulesTests
{
    /// <summary>Over DRAM; region_idle makes it natural for device_dax.</summary>
    private const string Idle = "dax_hmem.region_idle=1";

    /// <summary>D-40: fsdev_dax is for what is natural for device_dax, since 7.1.</summary>
    [Fact]
    public void Fsdev_TakesWhatIsNotForKmem()
    {
        MachineSession session = SoftReserved("7.2", Idle);
        session.Load("fsdev_dax").Should().Be(Errno.Ok);
        session.Write(Dax + "dax1.0/size", "0x10000000").Should().Be(Errno.Ok);

        session.Write(Drivers + "fsdev_dax/bind", "dax1.0").Should().Be(Errno.Ok);

        session.DriverOf("dax1.0").Should().Be("fsdev_dax");
        session.Around(new Hpa(0x1_4000_0000)).Should().Be("dax1.0");
        session.Write(Drivers + "fsdev_dax/unbind", "dax1.0").Should().Be(Errno.Ok);
        session.Around(new Hpa(0x1_4000_0000)).Should().BeEmpty();
    }

    [Fact]
    public void Fsdev_IsNotForMemory_UnlessToldTheName()
    {
        MachineSession session = Unbound("7.2");
        session.Load("fsdev_dax").Should().Be(Errno.Ok);
        session.DriverOf("dax0.0").Should().BeNull();
        session.Write(Drivers + "fsdev_dax/bind", "dax0.0").Should().Be(Errno.ENODEV);

        session.Write(Drivers + "fsdev_dax/new_id", "dax0.0").Should().Be(Errno.Ok);

        session.DriverOf("dax0.0").Should().Be("fsdev_dax");
    }

    [Fact]
    public void Fsdev_IsNotInOlderKernels()
    {
        MachineSession session = Unbound();
        session.Load("fsdev_dax").Should().NotBe(Errno.Ok);
        session.Read(Drivers + "fsdev_dax/bind").Error.Should().Be(Errno.ENOENT);
    }

    /// <summary>D-44: exactly the name as it would be printed.</summary>
    [Theory]
    [InlineData("dax0.0", Errno.Ok)]
    [InlineData("dax-1.0", Errno.Ok)]
    [InlineData("dax00.0", Errno.EINVAL)]
    [InlineData("dax0.00", Errno.EINVAL)]
    [InlineData("dax+1.0", Errno.EINVAL)]
    [InlineData("dax0.0 ", Errno.EINVAL)]
    [InlineData("dax 0.0", Errno.EINVAL)]
    [InlineData("dax0", Errno.EINVAL)]
    [InlineData("dax0.0.0", Errno.EINVAL)]
    [InlineData("dax4294967296.0", Errno.EINVAL)]
    [InlineData("Dax0.0", Errno.EINVAL)]
    public void Names_AreTakenAsTheyArePrinted(string name, Errno error)
    {
        MachineSession session = Unbound();

        session.Write(Drivers + "device_dax/new_id", name).Should().Be(error);
        session.Write(Drivers + "device_dax/remove_id", name).Should().Be(error);
    }

    /// <summary>D-44: every unbound device that matches is tried, and an unknown name is no error.</summary>
    [Fact]
    public void NewId_TriesAllThatMatch()
    {
        MachineSession session = Unbound();
        session.Do("0=1 + 1=1");

        session.Write(Drivers + "kmem/new_id", "dax7.7").Should().Be(Errno.Ok);
        session.Write(Drivers + "kmem/new_id", "dax7.7").Should().Be(Errno.Ok, "known already");

        (session.DriverOf("dax0.0"), session.DriverOf("dax0.1")).Should().Be(("kmem", "kmem"));
        session.Write(Drivers + "kmem/remove_id", "dax8.8").Should().Be(Errno.Ok);
        session.Write(Drivers + "kmem/remove_id", "dax0.0").Should().Be(Errno.Ok);
        session.DriverOf("dax0.0").Should().Be("kmem", "it is not unbound by that");
    }

    /// <summary>D-45: to another driver and back.</summary>
    [Fact]
    public void Device_ChangesItsDriver()
    {
        MachineSession session = Unbound();
        session.Write(Drivers + "device_dax/bind", "dax0.0").Should().Be(Errno.ENODEV, "by its type it is for kmem");
        session.Write(Drivers + "device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.DriverOf("dax0.0").Should().Be("device_dax");
        session.Write(Drivers + "device_dax/remove_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/bind", "dax0.0").Should().Be(Errno.ENODEV);

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
    }

    /// <summary>D-08, D-21: what a device begins with, by its origin.</summary>
    [Fact]
    public void FreshDevices_DependOnTheirOrigin()
    {
        MachineSession cxl = Offline();
        Attributes(cxl, "dax0.0").Should().Equal("1", "-1", "1", "2097152", "dax:t0");
        cxl.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        cxl.Do("0=4 +");
        Attributes(cxl, "dax0.1").Should().Equal("0", "-1", "1", "2097152", "dax:t0");

        Attributes(SoftReserved("6.12"), "dax1.0").Should().Equal("0", "0", "0", "2097152", "dax:t0");
    }

    /// <summary>D-13: exactly these, for both origins.</summary>
    [Fact]
    public void DaxRegion_HasItsAttributes()
    {
        string[] names = ["align", "available_size", "create", "delete", "id", "seed", "size"];
        Offline().Kernel.Sysfs.Find(Region)!.Value.Names().Order(StringComparer.Ordinal).Should().Equal(names);
        SoftReserved("6.12").Kernel.Sysfs.Find("/sys/devices/platform/hmem.1/dax_region")!.Value.Names().Order(StringComparer.Ordinal).Should().Equal(names);
    }

    /// <summary>D-52: pages of a mapped device belong to the node of the device above it, where it has one.</summary>
    [Fact]
    public void DevicePages_AreOnTheDevicesOwnNode()
    {
        MachineSession session = SoftReserved("6.12", Idle, "{pxm: 0, ranges: [0x0-0x7fffffff], cpus: 1}, {pxm: 1, ranges: [0x100000000-0x17fffffff], cpus: 1}");
        session.Write(Dax + "dax1.0/size", "0x20000000").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/bind", "dax1.0").Should().Be(Errno.Ok);

        session.Text(Dax + "dax1.0/numa_node").Should().Be("1");
        session.Kernel.Numa.Node(0).Zone(ZoneType.Device).SpannedPages.Should().Be(0, "the CPU's node is another");
        session.Kernel.Numa.Node(1).Zone(ZoneType.Device).SpannedPages.Should().Be(131072);
    }

    [Fact]
    public void DeviceHmemDisable_SuppressesAll()
    {
        MachineSession session = SoftReserved("6.12", "device_hmem.disable=1");

        session.Kernel.PlatformBus.Devices.Select(device => device.Name).Should().NotContain(["hmem_platform.0", "hmem.1"]);
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();
    }

    /// <summary>H-08: what was decided once is left to CXL when the driver comes again.</summary>
    [Fact]
    public void DeferredRange_IsTakenOnlyOnce()
    {
        MachineSession session = Given.Booted("""
            kernel: {version: "7.1", command_line: memmap=0x40000000%0x490000000+0xefffffff memhp_default_state=offline}
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}]}
            host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """);
        session.Kernel.PlatformBus.Find("hmem.1").Should().NotBeNull();

        session.Write("/sys/bus/platform/drivers/hmem_platform/unbind", "hmem_platform.0").Should().Be(Errno.Ok);
        session.Kernel.PlatformBus.Find("hmem.1").Should().BeNull();
        session.Write("/sys/bus/platform/drivers/hmem_platform/bind", "hmem_platform.0").Should().Be(Errno.Ok);

        session.Kernel.PlatformBus.Find("hmem.1").Should().BeNull();
    }

    private static IEnumerable<string> Attributes(MachineSession session, string dax) =>
        new[] { "memmap_on_memory", "numa_node", "target_node", "align", "modalias" }.Select(name => session.Text($"{Dax}{dax}/{name}"));

    private static MachineSession SoftReserved(string version, string commandLine = "quiet", string nodes = "{pxm: 0, size: 4GiB, cpus: 1}") => Given.Booted($$$"""
        kernel: {version: "{{{version}}}", command_line: {{{commandLine}}}}
        memory:
          nodes: [{{{nodes}}}]
          efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim},
                {range: 0x100000000-0x13fffffff, type: conventional}, {range: 0x140000000-0x15fffffff, type: conventional, sp: true},
                {range: 0x160000000-0x17fffffff, type: conventional}]
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """);
}
