using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -A</c> makes of a device's answer to Get Alert Configuration (CXL r3.1 8.2.9.9.3.2).</summary>
internal static class MemdevAlerts
{
    private const string LifeUsed = "life_used";
    private const string Hot = "dev_over_temperature";
    private const string Cold = "dev_under_temperature";
    private const string Volatile = "corrected_volatile_mem_err";
    private const string Persistent = "corrected_pmem_err";

    /// <summary>By bit, in the bytes that say which warnings are on and which can be set.</summary>
    private static readonly string[] Warnings = [LifeUsed, Hot, Cold, Volatile, Persistent];

    public static async SimTask<JsonMap?> DescribeAsync(ListedMailbox mailbox, string memdev) =>
        await mailbox.AskAsync(memdev, MailboxOpcode.GetAlertConfiguration) is { } payload ? Describe(payload) : null;

    /// <param name="payload">The answer, complete.</param>
    public static JsonMap Describe(byte[] payload)
    {
        JsonMap map = new();
        foreach ((int bit, string name) in Warnings.Index())
        {
            map.Add($"{name}_prog_warn_threshold_valid", Bits.IsSet(payload[0], bit));
        }

        foreach ((int bit, string name) in Warnings.Index())
        {
            map.Add($"{name}_prog_warn_threshold_writable", Bits.IsSet(payload[1], bit));
        }

        map.Add($"{LifeUsed}_crit_alert_threshold", (int)payload[2]);
        map.Add($"{LifeUsed}_prog_warn_threshold", (int)payload[3]);
        map.Add($"{Hot}_crit_alert_threshold", BitConverter.ToUInt16(payload, 4));
        map.Add($"{Cold}_crit_alert_threshold", BitConverter.ToUInt16(payload, 6));
        map.Add($"{Hot}_prog_warn_threshold", BitConverter.ToUInt16(payload, 8));
        map.Add($"{Cold}_prog_warn_threshold", BitConverter.ToUInt16(payload, 10));
        map.Add($"{Volatile}_prog_warn_threshold", BitConverter.ToUInt16(payload, 12));
        return map.Add($"{Persistent}_prog_warn_threshold", BitConverter.ToUInt16(payload, 14));
    }
}
