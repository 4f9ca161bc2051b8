using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>Steps that are verbs of the tool cxl: what it says, which error it ends with, and what it leaves (recordings 08, 14 and 16; rule table 7.5).</summary>
public sealed class CxlToolStepTests
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private const string Divided = """
        name: divided
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 512MiB, persistent: 512MiB, partition_alignment: 256MiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    /// <summary>An active region is not destroyed unasked; disabled, its decoders stay committed (50-observed, 208 to 216).</summary>
    [Fact]
    public void Region_IsDisabledEnabledAndDestroyed()
    {
        MachineSession session = Given.WithRegion();

        Check(session, "destroy-region: region0", Errno.EBUSY, "region0: active. Disable it or use --force; region0: failed: Device or resource busy; one or more failures, last failure: Device or resource busy; destroyed 0 regions (exit 1)");
        Check(session, "disable-region: region0", Errno.Ok, "disabled 1 region");
        session.Read(Devices + "region0/commit").Text.Should().Be("1");
        session.Kernel.Dax.Bus.Find("dax0.0").Should().BeNull();
        Check(session, "enable-region: region0", Errno.Ok, "enabled 1 region");
        session.Kernel.Dax.Bus.Find("dax0.0").Should().NotBeNull();
        Check(session, "destroy-region: {region: region0, force: true}", Errno.Ok, "destroyed 1 region");
        session.Kernel.Cxl.Bus.Find("region0").Should().BeNull();
        session.Read(Devices + "decoder2.0/dpa_size").Text.Should().Be("0x0000000000000000");
        Check(session, "destroy-region: region0", Errno.Ok, "destroyed 0 regions");
    }

    /// <summary>Recorded in 14-bios-programmed-kexec: the first of two regions on one device cannot give its capacity back before the second.</summary>
    [Fact]
    public void FirstRegionOfTwo_IsDestroyedHalf()
    {
        MachineSession session = Given.Booted(Given.WithDecoders("kernel: {command_line: memhp_default_state=online_movable}\n" + Given.OneCard));
        session.Do(["create-region: {decoder: decoder0.0, size: 256MiB}", "create-region: {decoder: decoder0.0, size: 256MiB}", "disable-region: all"]);

        Check(session, "destroy-region: {region: all, force: true}", Errno.EBUSY, "decoder2.0: set_dpa_size failed: Device or resource busy; region0: failed: Device or resource busy; one or more failures, last failure: Device or resource busy; destroyed 1 region (exit 1)");

        session.Kernel.Cxl.Bus.Find("region0").Should().NotBeNull();
        session.Kernel.Cxl.Bus.Find("region1").Should().BeNull();
    }

    /// <summary>Pages of the kernel keep the memory online: without force it ends there, with force the driver goes all the same.</summary>
    [Fact]
    public void MemoryThatStays_StopsDisable_ButForForce()
    {
        MachineSession session = Given.WithRegion();
        session.Do("allocate: {size: 64MiB, kind: kernel, policy: bind, nodes: [1], task: k}").Error.Should().Be(Errno.Ok);

        (Errno error, string result) = Do(session, "disable-region: region0");
        error.Should().NotBe(Errno.Ok);
        result.Should().Contain("region0: unable to offline dax0.0: ").And.EndWith("disabled 0 regions (exit 1)");
        session.Read(Devices + "region0/commit").Text.Should().Be("1");

        (error, result) = Do(session, "disable-region: {region: region0, force: true}");
        error.Should().Be(Errno.Ok);
        result.Should().Contain("region0: Forcing region disable without successful offline.").And.EndWith("disabled 1 region");
        session.Kernel.Sysfs.Find(Devices + "region0/driver").Should().BeNull();
    }

    /// <summary>Recorded in 16-teardown-online.</summary>
    [Theory]
    [InlineData("mem0")]
    [InlineData("card")]
    [InlineData("all")]
    public void MemdevWithCommittedDecoders_IsDisabledByForceOnly(string name)
    {
        MachineSession session = Given.WithRegion();

        Check(session, $"disable-memdev: {name}", Errno.EBUSY, "mem0: is part of an active region; disabled 0 mem (exit 1)");
        Check(session, $"disable-memdev: {{memdev: {name}, force: true}}", Errno.Ok, "mem0 is part of an active region; Forcing mem0 disable with an active region!; disabled 1 mem");
        session.Kernel.Cxl.Bus.Find("endpoint2").Should().BeNull();
        session.Read(Devices + "region0/commit").Text.Should().Be("0");
        Check(session, $"disable-memdev: {name}", Errno.Ok, "disabled 1 mem");
        Check(session, $"enable-memdev: {name}", Errno.Ok, "enabled 1 mem");
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single().Endpoint.Should().NotBeNull();
    }

    [Fact]
    public void MemdevOfNoName_IsNoError() => Check(Given.Booted(), "disable-memdev: mem7", Errno.Ok, "no memdev matches mem7; disabled 0 mem");

    /// <summary>Recorded in 08-user-errors, step 226: an endpoint is no port.</summary>
    [Fact]
    public void Port_IsDisabledByForceOnly_AndGetsItsDevicesBack()
    {
        MachineSession session = Given.Booted();

        Check(session, "disable-port: endpoint2", Errno.Ok, "port: endpoint2 not found; disabled 0 port");
        Check(session, "disable-port: port1", Errno.EBUSY, "port1: hosts 1 memdev which is part of an active region; disabled 0 port (exit 1)");
        Check(session, "disable-port: {port: endpoint2, endpoint: true}", Errno.EBUSY, "endpoint2: hosts 1 memdev which is part of an active region; disabled 0 port (exit 1)");
        Check(session, "disable-port: {port: port1, force: true}", Errno.Ok, "disabled 1 port");
        session.Kernel.Sysfs.Find(Devices + "mem0/driver").Should().BeNull();
        Check(session, "enable-port: {port: port1, memdevs: true}", Errno.Ok, "enabled 1 port");
        session.Kernel.Sysfs.Find(Devices + "mem0/driver").Should().NotBeNull();
        Check(session, "disable-port: root0", Errno.Ok, "port: root0 not found; disabled 0 port");
    }

    /// <summary>Rule table 7.5: type ram unless said, all that is free, in the order of the decoders.</summary>
    [Fact]
    public void Dpa_IsReservedUpwards_AndFreedDownwards()
    {
        MachineSession session = Given.Booted();

        Check(session, "reserve-dpa: {memdev: card, size: 256MiB}", Errno.Ok, "reservation completed on 1 mem device");
        Check(session, "reserve-dpa: {memdev: card, size: 1GiB}", Errno.ENOSPC, "mem0: '1 GiB' exceeds available capacity; reservation completed on 0 mem device (exit 1)");
        Check(session, "reserve-dpa: {memdev: card, size: 256MiB, decoder: 2}", Errno.EINVAL, "mem0: decoder2.2 is out of sequence; reservation completed on 0 mem device (exit 1)");
        Check(session, "reserve-dpa: card", Errno.Ok, "reservation completed on 1 mem device");
        session.Read(Devices + "decoder2.1/dpa_size").Text.Should().Be("0x0000000030000000");
        Check(session, "reserve-dpa: card", Errno.ENOSPC, "mem0: no available capacity; reservation completed on 0 mem device (exit 1)");
        Check(session, "reserve-dpa: {memdev: card, type: pmem}", Errno.ENOSPC, "mem0: no available capacity; reservation completed on 0 mem device (exit 1)");
        Check(session, "free-dpa: {memdev: card, decoder: decoder2.0}", Errno.EINVAL, "mem0: decoder2.0 is out of sequence; reservation release completed on 0 mem device (exit 1)");
        Check(session, "free-dpa: {memdev: card, decoder: decoder2.0, force: true}", Errno.EBUSY, "mem0: decoder2.0: failed to set dpa allocation; reservation release completed on 0 mem device (exit 1)");
        Check(session, "free-dpa: card", Errno.Ok, "reservation release completed on 1 mem device");
        session.Read(Devices + "decoder2.1/dpa_size").Text.Should().Be("0x0000000000000000");
        session.Read(Devices + "decoder2.1/mode").Text.Should().Be("ram");
        Check(session, "free-dpa: card", Errno.Ok, "reservation release completed on 1 mem device");
        Check(session, "free-dpa: card", Errno.ENXIO, "mem0: no suitable decoder found; reservation release completed on 0 mem device (exit 1)");
    }

    [Fact]
    public void DpaOfADeviceWithoutEndpoint_IsRefused()
    {
        MachineSession session = Given.Booted();
        session.Do(["disable-memdev: card"]);

        Check(session, "reserve-dpa: card", Errno.ENXIO, "mem0: CXL operation disabled; reservation completed on 0 mem device (exit 1)");
    }

    /// <summary>The capacity is divided from the next reset on: nothing changes now.</summary>
    [Theory]
    [InlineData("{memdev: card, size: 100MiB}", Errno.EINVAL, "mem0: size 968884224 is not partition aligned 268435456; set_partition 0 mem (exit 1)")]
    [InlineData("{memdev: card, size: 2GiB}", Errno.EINVAL, "mem0: 2147483648 exceeds available capacity 1073741824; set_partition 0 mem (exit 1)")]
    [InlineData("{memdev: card, size: 100MiB, align: true}", Errno.Ok, "set_partition 1 mem")]
    [InlineData("card", Errno.Ok, "set_partition 1 mem")]
    [InlineData("{memdev: card, type: ram}", Errno.Ok, "set_partition 1 mem")]
    public void Partition_IsSetWhereTheDeviceCan(string arguments, Errno error, string result)
    {
        MachineSession session = Given.Booted(Divided);

        Check(session, $"set-partition: {arguments}", error, result);
        session.Read(Devices + "mem0/ram/size").Text.Should().Be("0x20000000");
    }

    /// <summary>As QEMU's device (50-observed, 52).</summary>
    [Fact]
    public void PartitionOfADeviceThatCannot_IsRefused() => Check(Given.Booted(), "set-partition: card", Errno.EINVAL, "mem0: no available capacity; set_partition 0 mem (exit 1)");

    [Fact]
    public void Poison_IsInjectedAndCleared()
    {
        MachineSession session = Given.Booted();

        session.Do("inject-poison: {memdev: card, dpa: 0x1000}").Error.Should().Be(Errno.Ok);
        session.Do("inject-poison: {memdev: card, dpa: 0x1001}").Error.Should().Be(Errno.EINVAL);
        session.Do("clear-poison: {memdev: mem0, dpa: 0x1000}").Error.Should().Be(Errno.Ok);
        session.Do("clear-poison: {memdev: mem9, dpa: 0x1000}").Error.Should().Be(Errno.ENODEV);
    }

    [Fact]
    public void Sanitize_EmptiesTheDevice_UnlessItIsInUse()
    {
        MachineSession session = Given.WithRegion();
        session.Do("store: {hpa: 0x1000000010, value: 5}").Error.Should().Be(Errno.Ok);

        session.Do("sanitize: card").Error.Should().Be(Errno.EBUSY);
        session.Do(["destroy-region: {region: region0, force: true}", "sanitize: card", "load: {device: card, dpa: 0x10, value: 0}"]);
    }

    private static void Check(MachineSession session, string step, Errno error, string result) => Do(session, step).Should().Be((error, result));

    private static (Errno Error, string Result) Do(MachineSession session, string step)
    {
        Views.StepOutcome outcome = session.Do(step);
        return (outcome.Error, outcome.Result);
    }
}
