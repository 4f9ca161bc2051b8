using CxlSim.Core;

namespace CxlSim.Views.Tests;

/// <summary>Answers of devices that have commands which QEMU's lack: the fields of CXL r3.1 8.2.9.9.3.1 and 8.2.9.9.3.2. The values are those of the kernel's mock device (cxl_test).</summary>
public class MemdevAnswersTests
{
    [Fact]
    public void Health_IsToldFieldByField()
    {
        byte[] answer = new ByteWriter().Bytes([0x7, 0x3, 0x18, 15]).U16(25).U32(10).U32(20).U32(30).ToArray();

        JsonMap health = MemdevHealth.Describe(answer);

        health.Entries.Where(entry => entry.Value is true).Select(entry => entry.Key).Should()
            .Equal("maintenance_needed", "performance_degraded", "hw_replacement_needed", "media_data_lost");
        health.Entries.Where(entry => entry.Value is not bool).Select(entry => $"{entry.Key}={entry.Value}").Should().Equal(
            "ext_life_used=normal", "ext_temperature=critical", "ext_corrected_volatile=warning", "ext_corrected_persistent=normal",
            "life_used_percent=15", "temperature=25", "dirty_shutdowns=10", "volatile_errors=20", "pmem_errors=30");
    }

    /// <summary>The tool takes the errno for a figure.</summary>
    [Fact]
    public void FiguresThatTheDeviceLacks_AreTheErrno()
    {
        byte[] answer = new ByteWriter().Bytes([0, 0, 0, 0xff]).U16(0xffff).Zeros(12).ToArray();

        MemdevHealth.Describe(answer).Entries.Should().Contain(new KeyValuePair<string, object>("life_used_percent", -95))
            .And.Contain(new KeyValuePair<string, object>("temperature", -95));
    }

    [Fact]
    public void Alerts_AreToldFieldByField()
    {
        byte[] answer = new ByteWriter().Bytes([0x01, 0x1e, 90, 75]).U16(100).U16(5).U16(80).U16(10).U16(16).U16(17).ToArray();

        JsonMap alerts = MemdevAlerts.Describe(answer);

        alerts.Entries.Where(entry => entry.Value is true).Select(entry => entry.Key).Should().Equal(
            "life_used_prog_warn_threshold_valid",
            "dev_over_temperature_prog_warn_threshold_writable", "dev_under_temperature_prog_warn_threshold_writable",
            "corrected_volatile_mem_err_prog_warn_threshold_writable", "corrected_pmem_err_prog_warn_threshold_writable");
        alerts.Entries.Where(entry => entry.Value is not bool).Select(entry => $"{entry.Key}={entry.Value}").Should().Equal(
            "life_used_crit_alert_threshold=90", "life_used_prog_warn_threshold=75",
            "dev_over_temperature_crit_alert_threshold=100", "dev_under_temperature_crit_alert_threshold=5",
            "dev_over_temperature_prog_warn_threshold=80", "dev_under_temperature_prog_warn_threshold=10",
            "corrected_volatile_mem_err_prog_warn_threshold=16", "corrected_pmem_err_prog_warn_threshold=17");
    }
}
