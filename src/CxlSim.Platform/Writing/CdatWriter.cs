using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>cdat:</c> of a device or a switch.</summary>
internal static class CdatWriter
{
    public static string Write(CdatDescription cdat) => Common(
        new FlowMapping()
            .Number("read_latency_ns", (ulong)cdat.ReadLatencyNs)
            .Number("write_latency_ns", (ulong)cdat.WriteLatencyNs)
            .Number("read_bandwidth_mbs", (ulong)cdat.ReadBandwidthMBs)
            .Number("write_bandwidth_mbs", (ulong)cdat.WriteBandwidthMBs),
        cdat.Header,
        cdat.Records);

    public static string Write(SwitchCdatDescription cdat) => Common(
        new FlowMapping().Number("latency_ns", (ulong)cdat.LatencyNs).Number("bandwidth_mbs", (ulong)cdat.BandwidthMBs), cdat.Header, cdat.Records);

    private static string Common(FlowMapping mapping, CdatHeaderDescription header, IReadOnlyList<CdatRecordDescription>? records) => mapping
        .Number("revision", header.Revision, CdatHeaderDescription.Default.Revision)
        .Number("sequence", header.Sequence, CdatHeaderDescription.Default.Sequence)
        .Number("length", header.Length)
        .Number("checksum", header.Checksum)
        .Add("records", records is null ? null : ScalarText.List(records.Select(Record)))
        .ToString();

    private static string Record(CdatRecordDescription record) => (record switch
    {
        DsmasDescription dsmas => Of("dsmas", Dsmas(dsmas)),
        DslbisDescription dslbis => Of("dslbis", new FlowMapping().Number("handle", dslbis.Handle).Add("data_type", Type(dslbis.DataType)).Number("base_unit", dslbis.BaseUnit)
            .Add("entries", ScalarText.List(dslbis.Entries.Select(entry => ScalarText.Of(entry)))).Number("hierarchy", dslbis.Flags, 0)),
        DsmscisDescription dsmscis => Of("dsmscis", HmatRecordWriter.CacheAttributes(new FlowMapping().Number("handle", dsmscis.Handle).Add("size", Size(dsmscis.CacheSize)), dsmscis.Attributes)),
        DsisDescription dsis => Of("dsis", new FlowMapping().Number("handle", dsis.Handle).Flag("memory_attached", (dsis.Flags & CdatDsis.FlagMemoryAttached) != 0)),
        DsemtsDescription dsemts => Of("dsemts", new FlowMapping().Number("handle", dsemts.Handle).Number("efi_type", dsemts.EfiType).Add("length", Size(dsemts.Length)).Add("offset", Size(dsemts.Offset))),
        SslbisDescription sslbis => Of("sslbis", new FlowMapping().Add("data_type", Type(sslbis.DataType)).Number("base_unit", sslbis.BaseUnit)
            .Add("entries", ScalarText.List(sslbis.Entries.Select(path => new FlowMapping().Number("x", path.X).Number("y", path.Y).Number("value", path.Value).ToString())))),
        CdatRawDescription raw => new FlowMapping().Add("raw", ScalarText.Bytes(raw.Bytes)),
        _ => throw new SimulatorBugException("a known kind of CDAT record"),
    }).ToString();

    private static FlowMapping Dsmas(DsmasDescription dsmas) => new FlowMapping()
        .Number("handle", dsmas.Handle)
        .Add("base", Size(dsmas.Base))
        .Add("length", Size(dsmas.Length))
        .Flag("nonvolatile", (dsmas.Flags & CdatDsmas.FlagNonVolatile) != 0)
        .Flag("shareable", (dsmas.Flags & CdatDsmas.FlagShareable) != 0)
        .Flag("hardware_coherent", (dsmas.Flags & CdatDsmas.FlagHardwareCoherent) != 0)
        .Flag("dynamic_capacity", (dsmas.Flags & CdatDsmas.FlagDynamicCapacity) != 0)
        .Flag("read_only", (dsmas.Flags & CdatDsmas.FlagReadOnly) != 0);

    private static FlowMapping Of(string kind, FlowMapping fields) => new FlowMapping().Add(kind, fields.ToString());

    private static string Type(byte dataType) => ScalarText.Word(dataType, HmatRecordReader.DataTypes);

    private static string Size(ulong bytes) => ScalarText.Of(new ByteSize(bytes));
}
