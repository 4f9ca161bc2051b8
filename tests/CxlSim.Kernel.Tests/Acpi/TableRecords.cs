using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>Records of firmware's tables as bytes, right ones; tests spoil them. Memory is given in GiB, ends excluded.</summary>
internal static class TableRecords
{
    public const ulong GiB = 1UL << 30;

    public static byte[] Madt(params byte[] apicIds) =>
    [
        .. new byte[8],
        .. apicIds.SelectMany((id, i) => BinaryLayout.ToBytes(new MadtLocalApic { Type = 0, Length = 8, ProcessorUid = (byte)i, ApicId = id, Flags = 1 })),
    ];

    public static byte[] Srat(params byte[][] records) => [1, 0, 0, 0, .. new byte[8], .. records.SelectMany(record => record)];

    public static byte[] Slit(int count, params byte[] entries) => [.. BitConverter.GetBytes((ulong)count), .. entries];

    public static byte[] Cpu(uint pxm, byte apicId, uint flags = 1) => BinaryLayout.ToBytes(new SratProcessorAffinity
    {
        Type = 0, Length = 0x10, ProximityDomainLow = Bits.ByteAt(pxm, 0), ProximityDomain1 = Bits.ByteAt(pxm, 1), ApicId = apicId, Flags = flags,
    });

    public static byte[] X2Apic(uint pxm, uint apicId, uint flags = 1) => BinaryLayout.ToBytes(new SratX2ApicAffinity
    {
        Type = SratX2ApicAffinity.TypeId, Length = 0x18, ProximityDomain = pxm, X2ApicId = apicId, Flags = flags,
    });

    public static byte[] Memory(uint pxm, ulong first, ulong end, uint flags = 1) => MemoryBytes(pxm, first * GiB, (end - first) * GiB, flags);

    public static byte[] MemoryBytes(uint pxm, ulong start, ulong length, uint flags = 1) => BinaryLayout.ToBytes(new SratMemoryAffinity
    {
        Type = 1, Length = 0x28, ProximityDomain = pxm, Base = start, RangeLength = length, Flags = flags,
    });

    public static byte[] Initiator(uint pxm, uint flags = 1) => Generic(SratGenericAffinity.InitiatorTypeId, pxm, 0, flags);

    public static byte[] Port(uint pxm, uint uid) => Generic(SratGenericAffinity.PortTypeId, pxm, uid, 1);

    public static byte[] Window(ulong first, ulong end) => Window(first * GiB, (end - first) * GiB, 0);

    public static byte[] Window(ulong start, ulong size, byte ways) =>
    [
        .. BinaryLayout.ToBytes(new CedtCfmws { Type = 1, RecordLength = 0x28, BaseHpa = start, WindowSize = size, EncodedWays = ways, Restrictions = 6 }),
        5, 0, 0, 0,
    ];

    /// <summary>The record with another length field.</summary>
    public static byte[] Claiming(this byte[] record, byte length) => [record[0], length, .. record[2..]];

    private static byte[] Generic(byte type, uint pxm, uint uid, uint flags) => BinaryLayout.ToBytes(new SratGenericAffinity
    {
        Type = type, Length = 0x20, HandleType = SratGenericAffinity.HandleAcpi, ProximityDomain = pxm, Uid = uid, Flags = flags,
    });
}
