using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The attributes by which tests handle a mock device (fact sheet 20, 6.3; tools/testing/cxl/test/mem.c).</summary>
public class MockMemdeviceTests
{
    private const string Device = "/sys/bus/platform/devices/cxl_mem.1/";

    private readonly MachineSession _session = MockMachine.Loaded();

    [Fact]
    public void SanitizeTimeout_IsHowLongASanitizeTakes()
    {
        _session.Text(Device + "sanitize_timeout").Should().Be("2000");
        _session.Write(Device + "sanitize_timeout", "soon").Should().Be(Errno.EINVAL);
        _session.Put("mem0/security/sanitize", "1").Should().Be(Errno.EBUSY, "it has a region");
        SecondsOf("500").Should().Be(1, "the driver looks after a second for the first time");
        SecondsOf("7000").Should().Be(12, "and after eleven more for the second");
        _session.Text(Device + "sanitize_timeout").Should().Be("7000");
    }

    private long SecondsOf(string timeout)
    {
        _session.Write(Device + "sanitize_timeout", timeout).Should().Be(Errno.Ok);
        SimTime start = _session.Machine.Simulation.Now;
        _session.Put("mem1/security/sanitize", "1").Should().Be(Errno.Ok);
        _session.Cxl("mem1/security/state").Should().Be("disabled", "all that was set off is over");
        return (_session.Machine.Simulation.Now - start).Picoseconds / 1_000_000_000_000;
    }

    [Fact]
    public void SecurityLock_NeedsAPassphrase()
    {
        _session.Text(Device + "security_lock").Should().Be("0");
        _session.Write(Device + "security_lock", "1").Should().Be(Errno.ENXIO);
        _session.Write(Device + "security_lock", "0").Should().Be(Errno.EINVAL);
        _session.Text(Device + "security_lock").Should().Be("0");
    }

    /// <summary>SHA-256 of nothing, as sha256sum has it.</summary>
    [Fact]
    public void Checksum_IsOfTheImage() =>
        _session.Text(Device + "fw_buf_checksum").Should().Be("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary>Three informational records, fifteen failures and a line for the two that were lost, two fatal ones; those of DPA 0x2000 and 0x8000 lie in the region.</summary>
    [Fact]
    public void EventTrigger_FillsTheLogs()
    {
        _session.Kernel.Sysfs.Find("/sys/bus/platform/devices/cxl_mem.0/event_trigger")!.Value.Attribute!.Mode.Should().Be(FileMode.S0200);
        int before = _session.Kernel.Log.Lines.Count;

        _session.Write("/sys/bus/platform/devices/cxl_mem.0/event_trigger", "1").Should().Be(Errno.Ok);

        string[] cleared = [.. _session.Kernel.Log.Lines.Skip(before).Select(line => line.Text).Where(text => text.Contains("Clearing", StringComparison.Ordinal))];
        cleared.Count(text => text.Contains("Event log '3'", StringComparison.Ordinal)).Should().Be(2);
        cleared.Count(text => text.Contains("Event log '2'", StringComparison.Ordinal)).Should().Be(15);
        cleared.Count(text => text.Contains("Event log '0'", StringComparison.Ordinal)).Should().Be(3);
    }

    [Fact]
    public void Attributes_GoWithTheDriver()
    {
        _session.Write("/sys/bus/platform/drivers/cxl_mock_mem/unbind", "cxl_mem.1").Should().Be(Errno.Ok);

        _session.Read(Device + "sanitize_timeout").Error.Should().Be(Errno.ENOENT);
        _session.Text(Device + "modalias").Should().Be("platform:cxl_mem");
    }
}
