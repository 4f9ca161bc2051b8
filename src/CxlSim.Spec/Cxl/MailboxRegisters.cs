namespace CxlSim.Spec.Cxl;

/// <summary>The command mailbox (CXL r3.1 8.2.8.4): offsets from its start, and bits.</summary>
public static class MailboxRegisters
{
    public const int Capabilities = 0x00;
    public const int Control = 0x04;
    public const int Command = 0x08;
    public const int Status = 0x10;
    public const int BackgroundStatus = 0x18;
    public const int Payload = 0x20;

    public const int CapabilityPayloadHigh = 4;
    public const int CapabilityPayloadLow = 0;
    public const int CapabilityBackgroundInterrupt = 6;
    public const int CapabilityInterruptHigh = 10;
    public const int CapabilityInterruptLow = 7;
    public const uint ControlDoorbell = 1 << 0;
    public const uint ControlBackgroundInterrupt = 1 << 2;
    public const int CommandOpcodeHigh = 15;
    public const int CommandOpcodeLow = 0;
    public const int CommandLengthHigh = 36;
    public const int CommandLengthLow = 16;
    public const int StatusBackground = 0;
    public const int StatusReturnCodeHigh = 47;
    public const int StatusReturnCodeLow = 32;

    // Background command status, 8.2.8.4.7.
    public const int BackgroundOpcodeHigh = 15;
    public const int BackgroundOpcodeLow = 0;
    public const int BackgroundPercentageHigh = 22;
    public const int BackgroundPercentageLow = 16;
    public const int BackgroundReturnCodeHigh = 47;
    public const int BackgroundReturnCodeLow = 32;
}
