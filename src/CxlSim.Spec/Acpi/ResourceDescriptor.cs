namespace CxlSim.Spec.Acpi;

/// <summary>Tags and fields of <c>_CRS</c> resource descriptors (ACPI 6.5 6.4).</summary>
public static class ResourceDescriptor
{
    public const byte Word = 0x88;
    public const byte Dword = 0x87;
    public const byte Qword = 0x8a;

    /// <summary>The small end tag; a checksum byte of zero follows and means "not computed".</summary>
    public const byte EndTag = 0x79;

    public const byte TypeMemory = 0;
    public const byte TypeIo = 1;
    public const byte TypeBus = 2;

    /// <summary>General flags: producer, minimum and maximum fixed.</summary>
    public const byte FixedProducer = 0x0c;

    /// <summary>Memory flags: read-write, non-cacheable.</summary>
    public const byte MemoryReadWrite = 0x01;
}
