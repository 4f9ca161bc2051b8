namespace CxlSim.Spec.Cxl;

/// <summary>Payloads of Get, Inject and Clear Poison (CXL r3.1 8.2.9.9.4.1 to 8.2.9.9.4.3). Addresses and lengths go by lines of 64 bytes.</summary>
public static class PoisonList
{
    public const int Line = 64;

    /// <summary>Flags u8, overflow time u64, count u16, the rest reserved.</summary>
    public const int HeaderSize = 32;
    public const int OverflowTimeOffset = 2;
    public const int CountOffset = 10;

    /// <summary>Address with the source in its low bits u64, lines u32, reserved u32.</summary>
    public const int RecordSize = 16;
    public const int RecordLengthOffset = 8;

    public const byte FlagMore = 1 << 0;
    public const byte FlagOverflow = 1 << 1;
    public const byte FlagScanning = 1 << 2;

    public const byte SourceInternal = 2;
    public const byte SourceInjected = 3;
    public const ulong SourceMask = 7;
    public const ulong AddressMask = ~(ulong)(Line - 1);
}
