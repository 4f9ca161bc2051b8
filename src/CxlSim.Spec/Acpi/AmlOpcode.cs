namespace CxlSim.Spec.Acpi;

/// <summary>The few AML opcodes that a namespace of devices, names and constant methods is made of (ACPI 6.5 20.3).</summary>
public static class AmlOpcode
{
    public const byte Zero = 0x00;
    public const byte One = 0x01;
    public const byte Name = 0x08;
    public const byte BytePrefix = 0x0a;
    public const byte WordPrefix = 0x0b;
    public const byte DwordPrefix = 0x0c;
    public const byte StringPrefix = 0x0d;
    public const byte QwordPrefix = 0x0e;
    public const byte Scope = 0x10;
    public const byte Buffer = 0x11;
    public const byte Package = 0x12;
    public const byte Method = 0x14;
    public const byte DualNamePrefix = 0x2e;
    public const byte MultiNamePrefix = 0x2f;
    public const byte ExtendedPrefix = 0x5b;
    public const byte RootPrefix = 0x5c;
    public const byte ParentPrefix = 0x5e;
    public const byte Return = 0xa4;
    public const byte Ones = 0xff;

    /// <summary>After <see cref="ExtendedPrefix"/>.</summary>
    public const byte ExtendedDevice = 0x82;
}
