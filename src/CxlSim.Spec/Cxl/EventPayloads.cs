namespace CxlSim.Spec.Cxl;

/// <summary>Payloads of Get and Clear Event Records and of the event interrupt policy (CXL r3.1 8.2.9.2.2 to 8.2.9.2.5).</summary>
public static class EventPayloads
{
    public const int Logs = 4;

    // Answer of Get Event Records: flags u8, reserved u8, overflow count u16, first and last overflow u64, record count u16, reserved.
    public const int HeaderSize = 32;
    public const byte FlagOverflow = 1 << 0;
    public const byte FlagMore = 1 << 1;
    public const int OverflowCountOffset = 2;
    public const int FirstOverflowOffset = 4;
    public const int LastOverflowOffset = 12;
    public const int RecordCountOffset = 20;

    // Clear: log u8, flags u8, number of handles u8, 3 reserved, handles u16.
    public const int ClearHeaderSize = 6;
    public const int ClearCountOffset = 2;
    public const byte ClearAll = 1 << 0;

    /// <summary>A setting byte per log; a fifth, for dynamic capacity, may follow.</summary>
    public const int PolicyLength = 4;
    public const int PolicyLengthWithDynamicCapacity = 5;
    public const byte ModeMask = 3;
    public const byte ModeMessage = 1;
    public const byte ModeFirmware = 2;
    public const int VectorShift = 4;
}
