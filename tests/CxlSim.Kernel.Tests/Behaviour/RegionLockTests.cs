using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What comes while a region is being committed, or poison listed: it waits for the lock of regions (<c>cxl_region_rwsem</c>).</summary>
public sealed class RegionLockTests
{
    private readonly MachineSession _session = Given.AfterSteps("""
        timing: {memory_block_add: 1ms}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 512MiB, serial: 0xabc0}}]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        steps:
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 256}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
          - {write: {path: /sys/bus/cxl/devices/region0/size, value: 0x10000000}}
          - {write: {path: /sys/bus/cxl/devices/decoder2.0/mode, value: ram}}
          - {write: {path: /sys/bus/cxl/devices/decoder2.0/dpa_size, value: 0x10000000}}
          - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder2.0}}
        """);

    private readonly Dictionary<string, Errno> _answers = [];

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0")]
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind", "endpoint2")]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0")]
    [InlineData("/sys/bus/pci/devices/0000:11:00.0/remove", "1")]
    public void RegionThatIsBeingCommitted_ComesApartAfterwards(string path, string value)
    {
        CxlEndpointDecoder member = _session.Kernel.Cxl.Bus.Devices.OfType<CxlEndpointDecoder>().First();

        CommitAnd(path, value);

        _answers.Should().Equal(new Dictionary<string, Errno> { [Given.Devices + "region0/commit"] = Errno.Ok, [path] = Errno.Ok });
        member.Region.Should().BeNull();
        member.IsEnabled.Should().BeFalse();
    }

    [Fact]
    public void DeviceThatIsBeingCommitted_IsNotSanitized()
    {
        CommitAnd(Given.Devices + "mem0/security/sanitize", "1");

        _answers[Given.Devices + "mem0/security/sanitize"].Should().Be(Errno.EBUSY);
        _session.Text(Given.Devices + "region0/commit").Should().Be("1");
    }

    [Fact]
    public void PoisonIsListed_BeforeTheEndpointGoes()
    {
        _session.Write(Given.Devices + "region0/commit", "1").Should().Be(Errno.Ok);

        WhileLocked(Given.Devices + "mem0/trigger_poison_list", "1", "/sys/bus/cxl/drivers/cxl_port/unbind", "endpoint2");

        _answers.Values.Should().HaveCount(2).And.OnlyContain(error => error == Errno.Ok);
    }

    private void CommitAnd(string path, string value) => WhileLocked(Given.Devices + "region0/commit", "1", path, value);

    /// <summary>The second write comes while the first has the lock and waits for the device.</summary>
    private void WhileLocked(string path, string value, string otherPath, string otherValue)
    {
        Write(path, value);
        while (_session.Kernel.Cxl.RegionLock.Owner is null && _session.Kernel.Simulation.Step())
        {
        }

        _session.Kernel.Cxl.RegionLock.Owner.Should().NotBeNull();
        Write(otherPath, otherValue);
        _session.Kernel.Simulation.RunUntilIdle();
    }

    private void Write(string path, string value) =>
        _session.Kernel.Simulation.Spawn("user", async () => _answers.Add(path, await _session.Kernel.Sysfs.WriteAsync(path, value)));
}
