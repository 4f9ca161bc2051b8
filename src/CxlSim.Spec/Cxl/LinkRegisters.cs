namespace CxlSim.Spec.Cxl;

/// <summary>The link capability (CXL r3.1 8.2.4.19): registers of 64 bits, offsets from its start, and bits.</summary>
public static class LinkRegisters
{
    public const int Capability = 0x00;
    public const int ControlStatus = 0x08;
    public const int ReceiveCreditControl = 0x10;
    public const int ReceiveCreditReturn = 0x18;
    public const int TransmitCreditStatus = 0x20;
    public const int AckTimer = 0x28;
    public const int Defeature = 0x30;

    /// <summary>Capability: the version of the link protocol in bits 3:0.</summary>
    public const uint Version2 = 2;

    /// <summary>Control: reset, stall of initialisation, stall of credits.</summary>
    public const uint ControlBits = 7;

    /// <summary>Status: state of initialisation in bits 4:3.</summary>
    public const uint InitializationDone = 3 << 3;
}
