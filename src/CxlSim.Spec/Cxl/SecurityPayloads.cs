namespace CxlSim.Spec.Cxl;

/// <summary>Payloads of the commands for security of persistent memory (CXL r3.1 8.2.9.9.6).</summary>
public static class SecurityPayloads
{
    public const int PassphraseLength = 32;

    /// <summary>Which passphrase u8, 31 reserved.</summary>
    public const int HeaderSize = 32;
    public const byte Master = 0;
    public const byte User = 1;

    // Get Security State.
    public const uint UserPassphraseSet = 1 << 0;
    public const uint MasterPassphraseSet = 1 << 1;
    public const uint Locked = 1 << 2;
    public const uint Frozen = 1 << 3;
    public const uint UserAttemptsUsedUp = 1 << 4;
    public const uint MasterAttemptsUsedUp = 1 << 5;
}
