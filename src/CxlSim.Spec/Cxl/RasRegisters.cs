namespace CxlSim.Spec.Cxl;

/// <summary>The RAS capability: errors of CXL.cache and CXL.mem (CXL r3.1 8.2.4.17): offsets from its start, and bits.</summary>
public static class RasRegisters
{
    public const int UncorrectableStatus = 0x00;
    public const int UncorrectableMask = 0x04;
    public const int UncorrectableSeverity = 0x08;
    public const int CorrectableStatus = 0x0c;
    public const int CorrectableMask = 0x10;
    public const int Control = 0x14;

    /// <summary>Which uncorrectable error the header belongs to, in the control register.</summary>
    public const int FirstErrorHigh = 5;
    public const int FirstErrorLow = 0;

    /// <summary>Sixteen words.</summary>
    public const int HeaderLog = 0x18;
    public const int HeaderWords = 16;

    /// <summary>Data, address, byte-enable and ECC errors of both protocols, the link's, the internal ones and those of encryption.</summary>
    public const uint UncorrectableBits = 0x0001_cfff;
    public const uint CorrectableBits = 0x7f;
    public const uint ControlMultipleHeaders = 1 << 9;
    public const uint ControlPoisonEnable = 1 << 13;
}
