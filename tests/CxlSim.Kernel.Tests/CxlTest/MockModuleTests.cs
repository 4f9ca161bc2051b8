using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The module comes, goes and comes again as new (fact sheet 20, 6.3 and 6.4).</summary>
public class MockModuleTests
{
    private const string PoisonMax = "/sys/bus/platform/drivers/cxl_mock_mem/poison_inject_max";

    [Fact]
    public void Modules_AreTheThree()
    {
        MachineSession session = MockMachine.Loaded();

        session.Kernel.Modules.Loaded.Take(3).Select(module => $"{module.Name} {string.Join(',', module.Users.Select(user => user.Name))}".TrimEnd())
            .Should().Equal("cxl_mock_mem", "cxl_test", "cxl_mock cxl_test");
        session.Text("/sys/module/cxl_test/parameters/interleave_arithmetic").Should().Be("0");
        session.Unload("cxl_acpi").Should().Be(Errno.EAGAIN, "the mock platform needs it");
    }

    [Fact]
    public void Machine_WithoutMocks_HasNoSuchModule()
    {
        MachineSession session = Given.Booted("memory: {dram: 4GiB, cpus: 2}");

        session.Load("cxl_test").Should().Be(Errno.ENOENT);
        session.Load("cxl_mock_mem").Should().Be(Errno.ENOENT);
    }

    /// <summary>A kernel that was built with the test modules, on a machine without their registers.</summary>
    [Fact]
    public void Module_WithoutItsRegisters_DoesNotStay()
    {
        MachineSession session = Given.Booted("kernel: {config: {CXL_TEST: m}}\nmemory: {dram: 4GiB, cpus: 2}");

        session.Load("cxl_test").Should().Be(Errno.ENODEV);
        session.Kernel.Modules.Find("cxl_test").Should().BeNull();
        session.Kernel.Modules.Find("cxl_mock")!.Users.Should().BeEmpty();
        session.Kernel.PlatformBus.Devices.Should().BeEmpty();
    }

    [Fact]
    public void Unload_RemovesAll()
    {
        MachineSession session = Given.Booted(MockMachine.Platform);
        string before = session.Iomem();
        session.Load("cxl_test").Should().Be(Errno.Ok);

        session.Unload("cxl_test").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.Should().BeEmpty();
        session.Kernel.PlatformBus.Devices.Should().BeEmpty();
        session.Kernel.Nvdimm.Bus.Devices.Should().BeEmpty();
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();
        session.Iomem().Should().Be(before);
    }

    [Fact]
    public void LoadedAgain_IsAsNew()
    {
        MachineSession session = MockMachine.Loaded();
        string[] names = [.. session.Kernel.Cxl.Bus.Devices.Select(device => device.Path).Order(StringComparer.Ordinal)];
        session.Write("/sys/kernel/debug/cxl/mem1/inject_poison", "0x1000").Should().Be(Errno.Ok);
        session.Put("decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        session.Put("decoder7.0/mode", "pmem").Should().Be(Errno.Ok);

        session.Unload("cxl_test").Should().Be(Errno.Ok);
        session.Load("cxl_test").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.Select(device => device.Path).Order(StringComparer.Ordinal).Should().Equal(names);
        session.Cxl("region0/commit").Should().Be("1");
        session.Cxl("decoder7.0/mode").Should().Be("none");
        session.Write(PoisonMax, "9").Should().Be(Errno.Ok, "no line is poisoned any more");
    }

    [Fact]
    public void PoisonLimit_IsKeptAndHolds()
    {
        MachineSession session = MockMachine.Loaded();
        session.Text(PoisonMax).Should().Be("8");
        session.Write(PoisonMax, "129").Should().Be(Errno.EINVAL);
        session.Write(PoisonMax, "2").Should().Be(Errno.Ok);
        session.Text(PoisonMax).Should().Be("2");

        foreach ((string line, Errno expected) in new[] { ("0x0", Errno.Ok), ("0x40", Errno.Ok), ("0x40", Errno.Ok), ("0x80", Errno.EBUSY) })
        {
            session.Write("/sys/kernel/debug/cxl/mem1/inject_poison", line).Should().Be(expected, line);
        }

        session.Write("/sys/kernel/debug/cxl/mem2/inject_poison", "0x0").Should().Be(Errno.Ok, "each device has its own lines");
        session.Write(PoisonMax, "8").Should().Be(Errno.EBUSY);
    }

    /// <summary>A machine with CXL of its own: both roots keep apart.</summary>
    [Fact]
    public void RealRoot_IsLeftAlone()
    {
        MachineSession session = Given.Booted("""
            kernel: {cxl_test: true}
            memory: {dram: 4GiB, cpus: 2}
            host_bridges: [{uid: 12, bus: 0x10, root_ports: [{type3: {id: card, volatile: 1GiB, persistent: 1GiB, serial: 0xabc}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """);
        session.Load("cxl_test").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Root!.Uport.Name.Should().Be("ACPI0017:00");
        session.Kernel.Cxl.Ports.Where(port => port.IsRoot).Select(port => port.Uport.Name).Should().Equal("ACPI0017:00", "cxl_acpi.0");
        session.Memdev(0xabc).Nvdimm!.Bridge.Name.Should().Be("nvdimm-bridge0");
        session.Memdev(1).Nvdimm!.Bridge.Name.Should().Be("nvdimm-bridge1");
        session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Single().Root.Port.Uport.Name.Should().Be("cxl_acpi.0");

        session.Unload("cxl_test").Should().Be(Errno.Ok);
        session.Memdev(0xabc).Endpoint.Should().NotBeNull();
        session.Memdev(0xabc).Nvdimm!.Dimm.Should().NotBeNull();
    }
}
