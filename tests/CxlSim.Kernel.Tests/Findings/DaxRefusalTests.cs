using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Refusals of dax devices, drivers, memory blocks and media that the recorded list has not.</summary>
public sealed class DaxRefusalTests
{
    private const string Dax = "/sys/bus/dax/devices/";
    private const string Drivers = "/sys/bus/dax/drivers/";
    private const string Region = "/sys/bus/cxl/devices/dax_region0/dax_region/";

    /// <summary>1 GiB at 64 GiB, online: blocks 512 to 519 of 128 MiB.</summary>
    private const string Machine = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        steps: [create-region: {decoder: decoder0.0}]
        """;

    [Theory]
    [InlineData(Drivers + "kmem/bind", "dax0.0", Errno.EBUSY, "CXK0061")]
    [InlineData(Drivers + "kmem/unbind", "nope", Errno.ENODEV, "CXK0060")]
    [InlineData(Drivers + "device_dax/unbind", "dax0.0", Errno.ENODEV, "CXK0060")]
    [InlineData(Dax + "dax0.0/size", "99999999999999999999999", Errno.ERANGE, "CXK0056")]
    [InlineData(Dax + "dax0.0/mapping", "foo", Errno.EINVAL, "CXK0132")]
    [InlineData(Dax + "dax0.0/mapping", "1000000000-10001fffff", Errno.ENOMEM, "CXK0133")]
    [InlineData(Dax + "dax0.0/memmap_on_memory", "1", Errno.EOPNOTSUPP, "CXK0136")]
    [InlineData(Dax + "dax0.0/memmap_on_memory", "xyz", Errno.EINVAL, "CXK0057")]
    [InlineData("/sys/kernel/mm/numa/demotion_enabled", "xyz", Errno.EINVAL, "CXK0057")]
    [InlineData("/sys/kernel/debug/cxl/mem0/inject_poison", "0x1", Errno.EINVAL, "CXK0156")]
    [InlineData("/sys/kernel/debug/cxl/mem0/inject_poison", "0x40000000", Errno.EINVAL, "CXK0155")]
    [InlineData("/sys/kernel/debug/cxl/mem0/inject_poison", "abc", Errno.EINVAL, "CXK0055")]
    [InlineData("/sys/bus/cxl/devices/mem0/security/sanitize", "0", Errno.EINVAL, "CXK0153")]
    public void RefusedWrite_HasItsRule(string path, string value, Errno error, string rule)
    {
        MachineSession session = Given.AfterSteps(Machine);

        Refused(session, path, value, error).Rule.Number.Should().Be(rule);
    }

    /// <summary>Recorded: a device of 64 MiB fills no block of 128 MiB (50-observed, 41).</summary>
    [Fact]
    public void DeviceSmallerThanABlock_IsNotForKmem()
    {
        MachineSession session = Unbound();
        session.Write(Dax + "dax0.0/size", "0x4000000").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, Drivers + "kmem/bind", "dax0.0", Errno.EINVAL);

        (refusal.Rule, refusal.Subject).Should().Be((RefusalRules.KmemTooSmall, "dax0.0"));
        refusal.Values.Should().Equal(("size", "64 MiB"), ("memory block", "128 MiB"));
    }

    /// <summary>Blocks that another driver has added, and of which iomem knows nothing.</summary>
    [Fact]
    public void BlocksThatAreThere_AreNotAddedAgain()
    {
        MachineSession session = Unbound();
        AddressRange block = AddressRange.Of(new Hpa(0x1000000000), ByteSize.MiB(128));
        session.Do("add", () => session.Kernel.Memory.AddDriverManagedAsync(1, block, "System RAM (test)", memmapOnMemory: false, new MemoryGroup(0), OnlineType.Offline)).Should().Be(Errno.Ok);
        ResourceTree.Release(session.Kernel.Iomem.FindOverlap(block, ResourceFlags.DriverManaged)!);

        Refusal refusal = Refused(session, Drivers + "kmem/bind", "dax0.0", Errno.EEXIST);

        (refusal.Rule.Number, refusal.Subject).Should().Be(("CXK0025", "dax0.0"));
        refusal.Values.Should().Equal(("range", "0x1000000000-0x103fffffff"), ("node", "1"));
        session.Kernel.Findings.All.Select(found => (found.Rule, found.Place)).Should().Equal((KernelRules.KmemAdd, new AddressPlace(AddressRange.Of(block.Start, ByteSize.GiB(1)))));
    }

    [Fact]
    public void EmptyDevice_IsForNoDriver_AndAFullOneDoesNotGo()
    {
        MachineSession session = Unbound();
        session.Write(Dax + "dax0.0/size", "0x20000000").Should().Be(Errno.Ok);
        session.Write(Region + "create", "1").Should().Be(Errno.Ok);
        Refused(session, Drivers + "kmem/bind", "dax0.1", Errno.ENXIO).Rule.Should().Be(RefusalRules.DaxEmpty);
        session.Write(Dax + "dax0.1/size", "0x10000000").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, Region + "delete", "dax0.1", Errno.EBUSY);

        refusal.Rule.Should().Be(RefusalRules.DaxDeleteBusy);
        refusal.Nearest!.Writes.Should().HaveCount(2);
        refusal.Nearest.Writes.Should().OnlyContain(write => session.Write(write.Path, write.Value) == Errno.Ok);
    }

    /// <summary>Asked of Linux 6.12: kmem is unbound while its memory is online, then daxctl tries device_dax twice, and all devices made of the region later.</summary>
    [Fact]
    public void DriverThatFailed_LeavesItsPageMap()
    {
        MachineSession session = Given.AfterSteps(Machine);
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        Refused(session, Drivers + "device_dax/bind", "dax0.0", Errno.EINVAL).Rule.Should().Be(RefusalRules.DaxPageMapLeft);
        session.Kernel.Log.Lines.Select(line => line.Text).Should().ContainInOrder(
            "device_dax dax0.0: mapping0: 0x1000000000-0x103fffffff could not reserve range",
            "device_dax dax0.0: probe with driver device_dax failed with error -16",
            "device_dax dax0.0: dynamic-dax with pre-populated page map",
            "device_dax dax0.0: probe with driver device_dax failed with error -22");

        session.Write(Dax + "dax0.0/size", "0x20000000").Should().Be(Errno.Ok);
        session.Write(Region + "create", "1").Should().Be(Errno.Ok);
        session.Write(Dax + "dax0.1/size", "0x10000000").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/new_id", "dax0.1").Should().Be(Errno.Ok);
        session.Kernel.Log.Lines.Select(line => line.Text).Should().Contain("device_dax dax0.1: mapping0: 0x1020000000-0x102fffffff could not reserve range", "it is another device");
    }

    [Fact]
    public void DriverThatLetGo_LeavesNothing()
    {
        MachineSession session = Unbound();
        session.Write(Drivers + "device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "device_dax/bind", "dax0.0").Should().Be(Errno.Ok);
    }

    [Fact]
    public void MemoryInUse_KeepsItsStructPages()
    {
        MachineSession session = Given.AfterSteps(Machine + "\nkernel: {command_line: memory_hotplug.memmap_on_memory=Y}");

        Refused(session, Dax + "dax0.0/memmap_on_memory", "0", Errno.EBUSY).Rule.Should().Be(RefusalRules.DaxMemmapBound);
    }

    /// <summary>What a driver says nothing of is at least said by its error.</summary>
    [Fact]
    public void ProbeThatSaysNothing_IsNamed()
    {
        MachineSession session = Given.AfterSteps(Machine);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_port/unbind", "port1").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, "/sys/bus/cxl/drivers/cxl_mem/bind", "mem0", Errno.ENXIO);

        (refusal.Rule, refusal.Subject).Should().Be((RefusalRules.ProbeRefused, "mem0"));
    }

    /// <summary>A write that works leaves nothing.</summary>
    [Fact]
    public void Success_HasNoReason()
    {
        MachineSession session = Given.AfterSteps(Machine);

        session.Write("/sys/devices/system/memory/memory512/state", "offline").Should().Be(Errno.Ok);

        session.Kernel.Refusals.All.Should().BeEmpty();
    }

    /// <summary>All blocks offline, no driver.</summary>
    private static MachineSession Unbound()
    {
        MachineSession session = Given.AfterSteps(Machine);
        for (int block = 512; block < 520; block++)
        {
            session.Write($"/sys/devices/system/memory/memory{block}/state", "offline").Should().Be(Errno.Ok);
        }

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        return session;
    }

    private static Refusal Refused(MachineSession session, string path, string value, Errno error)
    {
        session.Write(path, value).Should().Be(error);
        Refusal refusal = session.Kernel.Refusals.All[^1];
        (refusal.Error, refusal.Write).Should().Be((error, new AttributeWrite(path, value)));
        return refusal;
    }
}
