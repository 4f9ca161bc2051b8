namespace CxlSim.Spec.Cxl;

/// <summary>Payloads of Get FW Info, Transfer FW and Activate FW (CXL r3.1 8.2.9.3.1 to 8.2.9.3.3).</summary>
public static class FirmwareTransfer
{
    public const int MostSlots = 4;
    public const int VersionLength = 16;

    // Answer of Get FW Info: slots u8, active slot in 2:0 and staged in 5:3 u8, capabilities u8, 13 reserved, a version per slot.
    public const int InfoLength = 80;
    public const int SlotInfoOffset = 1;
    public const byte ActiveSlotMask = 7;
    public const int StagedSlotShift = 3;

    // Transfer: action u8, slot u8, 2 reserved, offset in units u32, 120 reserved, data.
    public const int HeaderSize = 128;
    public const int SlotOffset = 1;
    public const int PartOffset = 4;

    /// <summary>Offsets count in these.</summary>
    public const int Unit = 128;

    public const byte Full = 0;
    public const byte Initiate = 1;
    public const byte Continue = 2;
    public const byte End = 3;
    public const byte Abort = 4;

    /// <summary>Activate: at once.</summary>
    public const byte ActivateOnline = 0;

    /// <summary>Activate: with the next reset.</summary>
    public const byte ActivateOffline = 1;
}
