using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>A mailbox command that programs may send (<c>drivers/cxl/core/mbox.c</c>, struct cxl_mem_command).</summary>
/// <param name="Name">As the kernel log calls it.</param>
/// <param name="Opcode">What goes to the device.</param>
/// <param name="SizeIn">Bytes of input, or <see cref="Variable"/>.</param>
/// <param name="SizeOut">Bytes of output, or <see cref="Variable"/>.</param>
public sealed record CxlMemCommand(string Name, MailboxOpcode Opcode, uint SizeIn, uint SizeOut)
{
    /// <summary>CXL_VARIABLE_PAYLOAD.</summary>
    public const uint Variable = uint.MaxValue;

    /// <summary>CXL_MEM_COMMAND_ID_RAW: in the list, but Debian's kernel is built without it.</summary>
    public const uint RawId = 2;

    /// <summary>By id; null where a number is invalid, withdrawn, or not built in.</summary>
    public static readonly IReadOnlyList<CxlMemCommand?> Table =
    [
        null,
        new("Identify Command", MailboxOpcode.Identify, 0, 0x43),
        null,
        new("Get Supported Logs", MailboxOpcode.GetSupportedLogs, 0, Variable),
        new("Get FW Info", MailboxOpcode.GetFirmwareInfo, 0, 0x50),
        new("Get Partition Information", MailboxOpcode.GetPartitionInfo, 0, 0x20),
        new("Get Label Storage Area", MailboxOpcode.GetLsa, 8, Variable),
        new("Get Health Info", MailboxOpcode.GetHealthInfo, 0, 0x12),
        new("Get Log", MailboxOpcode.GetLog, 0x18, Variable),
        new("Set Partition Information", MailboxOpcode.SetPartitionInfo, 0x0a, 0),
        new("Set Label Storage Area", MailboxOpcode.SetLsa, Variable, 0),
        new("Get Alert Configuration", MailboxOpcode.GetAlertConfiguration, 0, 0x10),
        new("Set Alert Configuration", MailboxOpcode.SetAlertConfiguration, 0x0c, 0),
        new("Get Shutdown State", MailboxOpcode.GetShutdownState, 0, 1),
        new("Set Shutdown State", MailboxOpcode.SetShutdownState, 1, 0),
        null,
        null,
        null,
        new("Get Scan Media Capabilities", MailboxOpcode.GetScanMediaCapabilities, 0x10, 4),
        null,
        null,
        new("Get Timestamp", MailboxOpcode.GetTimestamp, 0, 8),
        new("Get Log Capabilities", MailboxOpcode.GetLogCapabilities, 0x10, 4),
        new("Clear Log", MailboxOpcode.ClearLog, 0x10, 0),
        new("Get Supported Logs Sub-List", MailboxOpcode.GetSupportedLogsSublist, 2, Variable),
    ];
}
