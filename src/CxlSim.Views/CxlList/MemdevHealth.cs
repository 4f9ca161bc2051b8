using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -H</c> makes of a device's answer to Get Health Info (CXL r3.1 8.2.9.9.3.1).</summary>
internal static class MemdevHealth
{
    /// <summary>Where a device has no figure, the tool shows this errno as one.</summary>
    private const int NotThere = -(int)Errno.EOPNOTSUPP;

    private static readonly string[] Status = ["maintenance_needed", "performance_degraded", "hw_replacement_needed"];

    /// <summary>By media status, which is one of them.</summary>
    private static readonly string[] Media =
    [
        "media_normal",
        "media_not_ready",
        "media_persistence_lost",
        "media_data_lost",
        "media_powerloss_persistence_loss",
        "media_shutdown_persistence_loss",
        "media_persistence_loss_imminent",
        "media_powerloss_data_loss",
        "media_shutdown_data_loss",
        "media_data_loss_imminent",
    ];

    private static readonly string[] Levels = ["normal", "warning", "critical", "unknown"];

    public static async SimTask<JsonMap?> DescribeAsync(ListedMailbox mailbox, string memdev) =>
        await mailbox.AskAsync(memdev, MailboxOpcode.GetHealthInfo) is { } payload ? Describe(payload) : null;

    /// <param name="payload">The answer, complete.</param>
    public static JsonMap Describe(byte[] payload)
    {
        JsonMap map = new();
        foreach ((int bit, string name) in Status.Index())
        {
            map.Add(name, Bits.IsSet(payload[0], bit));
        }

        foreach ((int status, string name) in Media.Index())
        {
            map.Add(name, payload[1] == status);
        }

        byte levels = payload[2];
        map.Add("ext_life_used", Levels[levels & 3]).Add("ext_temperature", Levels[(levels >> 2) & 3]);
        map.Add("ext_corrected_volatile", Levels[(levels >> 4) & 1]).Add("ext_corrected_persistent", Levels[(levels >> 5) & 1]);
        ushort temperature = BitConverter.ToUInt16(payload, 4);
        map.Add("life_used_percent", payload[3] == byte.MaxValue ? NotThere : payload[3]);
        map.Add("temperature", temperature == ushort.MaxValue ? NotThere : temperature);
        map.Add("dirty_shutdowns", BitConverter.ToUInt32(payload, 6));
        map.Add("volatile_errors", BitConverter.ToUInt32(payload, 10));
        return map.Add("pmem_errors", BitConverter.ToUInt32(payload, 14));
    }
}
