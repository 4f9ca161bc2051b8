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

    /// <summary><see cref="PoisonLimit"/> at power-on, and the most that it can be (<c>MOCK_INJECT_DEV_MAX</c>, <c>MOCK_INJECT_TEST_MAX</c>).</summary>
    public const int DefaultPoisonLimit = 8;
    public const int MostPoisonLimit = 128;
}
