namespace CxlSim.Spec.Acpi;

/// <summary>The AML opcodes that declare something, and those of constants (ACPI 6.5 20.3).</summary>
public static class AmlOpcode
{
    public const byte Zero = 0x00;
    public const byte One = 0x01;
    public const byte Alias = 0x06;
    public const byte Name = 0x08;
    public const byte BytePrefix = 0x0a;
    public const byte WordPrefix = 0x0b;
    public const byte DwordPrefix = 0x0c;
    public const byte StringPrefix = 0x0d;
    public const byte QwordPrefix = 0x0e;
    public const byte Scope = 0x10;
    public const byte Buffer = 0x11;
    public const byte Package = 0x12;
    public const byte VarPackage = 0x13;
    public const byte Method = 0x14;
    public const byte External = 0x15;
    public const byte DualNamePrefix = 0x2e;
    public const byte MultiNamePrefix = 0x2f;
    public const byte ExtendedPrefix = 0x5b;
    public const byte RootPrefix = 0x5c;
    public const byte ParentPrefix = 0x5e;
    public const byte If = 0xa0;
    public const byte Else = 0xa1;
    public const byte While = 0xa2;
    public const byte Return = 0xa4;
    public const byte Ones = 0xff;

    // After the extended prefix.
    public const byte ExtendedMutex = 0x01;
    public const byte ExtendedEvent = 0x02;
    public const byte ExtendedRegion = 0x80;
    public const byte ExtendedField = 0x81;
    public const byte ExtendedDevice = 0x82;
    public const byte ExtendedProcessor = 0x83;
    public const byte ExtendedPowerResource = 0x84;
    public const byte ExtendedThermalZone = 0x85;
    public const byte ExtendedIndexField = 0x86;
    public const byte ExtendedBankField = 0x87;
}
