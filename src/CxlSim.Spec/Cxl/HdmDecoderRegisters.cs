namespace CxlSim.Spec.Cxl;

/// <summary>The HDM decoder capability (CXL r3.1 8.2.4.20): offsets from its start, and bits.</summary>
public static class HdmDecoderRegisters
{
    public const int Capability = 0x00;
    public const int GlobalControl = 0x04;
    public const int FirstDecoder = 0x10;
    public const int Stride = 0x20;

    // Offsets within one decoder.
    public const int BaseLow = 0x00;
    public const int BaseHigh = 0x04;
    public const int SizeLow = 0x08;
    public const int SizeHigh = 0x0c;
    public const int Control = 0x10;

    /// <summary>Ports: target list, one byte per position. Endpoints: DPA skip.</summary>
    public const int TargetLow = 0x14;
    public const int TargetHigh = 0x18;

    public const int CountHigh = 3;
    public const int CountLow = 0;
    public const int TargetCountHigh = 7;
    public const int TargetCountLow = 4;
    public const uint InterleaveA11To8 = 1 << 8;
    public const uint InterleaveA14To12 = 1 << 9;
    public const uint PoisonOnError = 1 << 10;
    public const uint Interleave3612 = 1 << 11;
    public const uint Interleave16 = 1 << 12;

    public const uint GlobalPoison = 1 << 0;
    public const uint GlobalEnable = 1 << 1;

    public const uint ControlLockOnCommit = 1 << 8;
    public const uint ControlCommit = 1 << 9;
    public const uint ControlCommitted = 1 << 10;
    public const uint ControlErrorNotCommitted = 1 << 11;
    public const uint ControlHostOnly = 1 << 12;

    /// <summary>Base and size count in 256 MiB: bits 27:0 of the low words do not exist.</summary>
    public const ulong AddressMask = ~0x0fff_ffffUL;

    public static int SizeOf(int decoders) => FirstDecoder + (decoders * Stride);

    public static int OffsetOf(int decoder, int register) => FirstDecoder + (decoder * Stride) + register;

    /// <summary>0 means one decoder, n means 2n up to 8, then 9..12 mean 20, 24, 28, 32; 0 for a code that does not exist.</summary>
    public static int DecodeCount(uint code) => code switch
    {
        0 => 1,
        <= 8 => (int)code * 2,
        <= 12 => 20 + (((int)code - 9) * 4),
        _ => 0,
    };

    /// <summary>The code of a count; false for a count that has none.</summary>
    public static bool TryEncodeCount(int count, out uint code)
    {
        for (code = 0; code <= 12; code++)
        {
            if (DecodeCount(code) == count)
            {
                return true;
            }
        }

        return false;
    }
}
