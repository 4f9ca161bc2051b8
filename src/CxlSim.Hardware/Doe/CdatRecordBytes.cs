using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Writes CDAT records as they are described (CDAT 1.04 2).</summary>
internal static class CdatRecordBytes
{
    public static IReadOnlyList<byte[]> Of(IReadOnlyList<CdatRecordDescription> records) => [.. records.Select(Of)];

    private static byte[] Of(CdatRecordDescription description) => description switch
    {
        DsmasDescription area => BinaryLayout.ToBytes(new CdatDsmas
        {
            Type = CdatDsmas.TypeId, Length = (ushort)CdatDsmas.SpecSize, Handle = area.Handle, Flags = area.Flags, DpaBase = area.Base, DpaLength = area.Length,
        }),
        DslbisDescription speed => BinaryLayout.ToBytes(new CdatDslbis
        {
            Type = CdatDslbis.TypeId,
            Length = (ushort)CdatDslbis.SpecSize,
            Handle = speed.Handle,
            Flags = speed.Flags,
            DataType = speed.DataType,
            BaseUnit = speed.BaseUnit,
            Entry0 = speed.Entries.ElementAtOrDefault(0),
            Entry1 = speed.Entries.ElementAtOrDefault(1),
            Entry2 = speed.Entries.ElementAtOrDefault(2),
        }),
        DsmscisDescription cache => BinaryLayout.ToBytes(new CdatDsmscis
        {
            Type = CdatDsmscis.TypeId, Length = (ushort)CdatDsmscis.SpecSize, Handle = cache.Handle, CacheSize = cache.CacheSize, Attributes = cache.Attributes,
        }),
        DsisDescription initiator => BinaryLayout.ToBytes(new CdatDsis
        {
            Type = CdatDsis.TypeId, Length = (ushort)CdatDsis.SpecSize, Flags = initiator.Flags, Handle = initiator.Handle,
        }),
        DsemtsDescription type => BinaryLayout.ToBytes(new CdatDsemts
        {
            Type = CdatDsemts.TypeId, Length = (ushort)CdatDsemts.SpecSize, Handle = type.Handle, EfiType = type.EfiType, DpaOffset = type.Offset, DpaLength = type.Length,
        }),
        SslbisDescription paths => Of(paths),
        CdatRawDescription raw => [.. raw.Bytes],
        _ => throw new SimulatorBugException("a known kind of CDAT record"),
    };

    private static byte[] Of(SslbisDescription paths)
    {
        ByteWriter record = new ByteWriter().Bytes(BinaryLayout.ToBytes(new CdatSslbis
        {
            Type = CdatSslbis.TypeId,
            Length = Bits.Low16((uint)(CdatSslbis.SpecSize + (CdatSslbis.EntrySize * paths.Entries.Count))),
            DataType = paths.DataType,
            BaseUnit = paths.BaseUnit,
        }));
        foreach (SslbisEntryDescription entry in paths.Entries)
        {
            record.U16(entry.X).U16(entry.Y).U16(entry.Value).U16(0);
        }

        return record.ToArray();
    }
}
