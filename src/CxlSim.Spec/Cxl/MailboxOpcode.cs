namespace CxlSim.Spec.Cxl;

/// <summary>Mailbox commands (CXL r3.1 table 8-36 and 8-126).</summary>
public enum MailboxOpcode : ushort
{
    GetEventRecords = 0x0100,
    ClearEventRecords = 0x0101,
    GetEventInterruptPolicy = 0x0102,
    SetEventInterruptPolicy = 0x0103,
    GetFirmwareInfo = 0x0200,
    TransferFirmware = 0x0201,
    ActivateFirmware = 0x0202,
    GetTimestamp = 0x0300,
    SetTimestamp = 0x0301,
    GetSupportedLogs = 0x0400,
    GetLog = 0x0401,
    Identify = 0x4000,
    GetPartitionInfo = 0x4100,
    GetLsa = 0x4102,
    SetLsa = 0x4103,
    GetHealthInfo = 0x4200,
    GetPoisonList = 0x4300,
    InjectPoison = 0x4301,
    ClearPoison = 0x4302,
    GetScanMediaCapabilities = 0x4303,
    ScanMedia = 0x4304,
    GetScanMediaResults = 0x4305,
    Sanitize = 0x4400,
    SecureErase = 0x4401,
    GetSecurityState = 0x4500,
}
