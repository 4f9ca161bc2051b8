namespace CxlSim.Platform;

/// <summary>What the HDM decoders of a component can do beyond one way (CXL r3.1 8.2.4.20.1, bits 8, 9, 11 and 12).</summary>
[Flags]
public enum InterleaveCapabilities
{
    None = 0,

    /// <summary>Address bits 8 to 11 may choose a target.</summary>
    Bits8To11 = 1 << 0,

    /// <summary>Address bits 12 to 14 may choose a target.</summary>
    Bits12To14 = 1 << 1,

    /// <summary>3, 6 and 12 ways.</summary>
    Ways3612 = 1 << 2,

    /// <summary>16 ways.</summary>
    Ways16 = 1 << 3,

    /// <summary>What QEMU gives to every component.</summary>
    All = Bits8To11 | Bits12To14 | Ways3612 | Ways16,
}
