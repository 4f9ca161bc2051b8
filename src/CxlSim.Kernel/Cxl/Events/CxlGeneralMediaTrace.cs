using System.Globalization;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_general_media</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlGeneralMediaTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_general_media", 1297,
    [
        .. CxlEventTrace.HeaderFields,
        new("u64", "dpa", 72, 8),
        new("u8", "descriptor", 80, 1),
        new("u8", "type", 81, 1),
        new("u8", "transaction_type", 82, 1),
        new("u8", "channel", 83, 1),
        new("u32", "device", 84, 4),
        new("u8[16]", "comp_id", 88, 16),
        new("u64", "hpa", 104, 8),
        new("uuid_t", "region_uuid", 112, 16),
        new("u16", "validity_flags", 128, 2),
        new("u8", "rank", 130, 1),
        new("u8", "dpa_flags", 131, 1),
        new(TraceField.Text, "region_name", 132, 4),
    ]);

    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, CxlRegion? region, TraceTask thread)
    {
        byte type = record[EventRecord.TypeOffset];
        byte channel = record[EventRecord.ChannelOffset];
        byte rank = record[EventRecord.RankOffset];
        uint device = CxlEventTrace.U24(record, EventRecord.DeviceOffset);
        byte[] component = record[EventRecord.ComponentOffset..(EventRecord.ComponentOffset + EventRecord.ComponentLength)];
        ushort validity = BitConverter.ToUInt16(record, EventRecord.ValidityOffset);
        string valid = TraceFlags.Flags(validity, "|", (0, "CHANNEL"), (1, "RANK"), (2, "DEVICE"), (3, "COMPONENT"));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{CxlEventTrace.AddressText(record)} type='{TraceFlags.Symbol(type, "ECC Error", "Invalid Address", "Data Path Error")}' "
                + $"transaction_type='{CxlEventTrace.Transaction(record)}' channel={channel} rank={rank} device={device:x} comp_id={TraceFlags.Hex(component)} "
                + $"validity_flags='{valid}' {CxlEventTrace.Place(memdev, record, region)}");
        CxlEventTrace.Report(tracing, Event, memdev, log, record, thread, text, bytes =>
        {
            bytes
                .Number("descriptor", record[EventRecord.DescriptorOffset]).Number("type", type).Number("transaction_type", record[EventRecord.TransactionTypeOffset])
                .Number("channel", channel).Number("device", device).Bytes("comp_id", component).Number("validity_flags", validity).Number("rank", rank);
            CxlEventTrace.FillPlace(bytes, memdev, record, region);
        });
    }
}
