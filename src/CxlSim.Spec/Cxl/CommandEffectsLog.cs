namespace CxlSim.Spec.Cxl;

/// <summary>The log in which a device says which commands it has (CXL r3.1 8.2.9.5.2.1): entries of opcode u16 and effects u16.</summary>
public static class CommandEffectsLog
{
    public const int EntrySize = 4;

    public static readonly Guid Id = new("0da9c0b5-bf41-4b78-8f79-96b1623b3f17");

    /// <summary>A UUID in the byte order of CXL payloads: as it is written, most significant byte first (CXL r3.1 8.2.9, UUID fields).</summary>
    public static byte[] Bytes => Id.ToByteArray(bigEndian: true);
}
