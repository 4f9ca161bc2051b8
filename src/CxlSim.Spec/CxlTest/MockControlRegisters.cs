namespace CxlSim.Spec.CxlTest;

/// <summary>The registers by which cxl_test handles its mock devices as a whole: what the module keeps in variables, they keep. Nothing of CXL r3.1 has them.</summary>
public static class MockControlRegisters
{
    public const int Size = 0x1000;

    /// <summary>Eight bytes: makes all units new, with the region that firmware left committed at the address that is written.</summary>
    public const int Start = 0x00;

    /// <summary>How many lines of a device software may poison; kept while any is poisoned.</summary>
    public const int PoisonLimit = 0x08;

    /// <summary>How many lines of all devices are poisoned; read only.</summary>
    public const int Poisoned = 0x0c;

    /// <summary>Where the registers of the first memory device begin, and how far those of the next are from there.</summary>
    public const int Memdevs = 0x100;
    public const int MemdevStride = 0x40;

    /// <summary>Of a device: how long a sanitize takes, milliseconds.</summary>
    public const int SanitizeTime = 0x00;

    /// <summary>Of a device: 1 while it is locked. Writing 1 locks one that has a passphrase, as a reset would.</summary>
    public const int SecurityLock = 0x04;

    /// <summary>Of a device: writing it fills the event logs; write only.</summary>
    public const int EventTrigger = 0x08;

    /// <summary>Of a device: SHA-256 of the firmware image that was sent last, 32 bytes; read only.</summary>
    public const int ImageDigest = 0x20;

    /// <summary><see cref="PoisonLimit"/> at power-on, and the most that it can be (<c>MOCK_INJECT_DEV_MAX</c>, <c>MOCK_INJECT_TEST_MAX</c>).</summary>
    public const int DefaultPoisonLimit = 8;
    public const int MostPoisonLimit = 128;
}
