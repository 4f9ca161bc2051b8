using System.Globalization;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_dram</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlDramTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_dram", 1296,
    [
        .. CxlEventTrace.HeaderFields,
        new("u64", "dpa", 72, 8),
        new("u8", "descriptor", 80, 1),
        new("u8", "type", 81, 1),
        new("u8", "transaction_type", 82, 1),
        new("u8", "channel", 83, 1),
        new("u16", "validity_flags", 84, 2),
        new("u16", "column", 86, 2),
        new("u32", "nibble_mask", 88, 4),
        new("u32", "row", 92, 4),
        new("u8[32]", "cor_mask", 96, 32),
        new("u64", "hpa", 128, 8),
        new("uuid_t", "region_uuid", 136, 16),
        new("u8", "rank", 152, 1),
        new("u8", "bank_group", 153, 1),
        new("u8", "bank", 154, 1),
        new("u8", "dpa_flags", 155, 1),
        new(TraceField.Text, "region_name", 156, 4),
    ]);

    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, CxlRegion? region, TraceTask thread)
    {
        byte type = record[EventRecord.TypeOffset];
        byte channel = record[EventRecord.ChannelOffset];
        byte rank = record[EventRecord.RankOffset];
        uint nibbles = CxlEventTrace.U24(record, EventRecord.NibbleMaskOffset);
        byte group = record[EventRecord.BankGroupOffset];
        byte bank = record[EventRecord.BankOffset];
        uint row = CxlEventTrace.U24(record, EventRecord.RowOffset);
        ushort column = BitConverter.ToUInt16(record, EventRecord.ColumnOffset);
        byte[] mask = record[EventRecord.CorrectionMaskOffset..(EventRecord.CorrectionMaskOffset + EventRecord.CorrectionMaskLength)];
        ushort validity = BitConverter.ToUInt16(record, EventRecord.ValidityOffset);
        string valid = TraceFlags.Flags(
            validity, "|", (0, "CHANNEL"), (1, "RANK"), (2, "NIBBLE"), (3, "BANK GROUP"), (4, "BANK"), (5, "ROW"), (6, "COLUMN"), (7, "CORRECTION MASK"));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{CxlEventTrace.AddressText(record)} type='{TraceFlags.Symbol(type, "ECC Error", "Scrub Media ECC Error", "Invalid Address", "Data Path Error")}' "
                + $"transaction_type='{CxlEventTrace.Transaction(record)}' channel={channel} rank={rank} nibble_mask={nibbles:x} bank_group={group} bank={bank} "
                + $"row={row} column={column} cor_mask={TraceFlags.Hex(mask)} validity_flags='{valid}' {CxlEventTrace.Place(memdev, record, region)}");
        CxlEventTrace.Report(tracing, Event, memdev, log, record, thread, text, bytes =>
        {
            bytes
                .Number("descriptor", record[EventRecord.DescriptorOffset]).Number("type", type).Number("transaction_type", record[EventRecord.TransactionTypeOffset])
                .Number("channel", channel).Number("validity_flags", validity).Number("column", column).Number("nibble_mask", nibbles).Number("row", row)
                .Bytes("cor_mask", mask).Number("rank", rank).Number("bank_group", group).Number("bank", bank);
            CxlEventTrace.FillPlace(bytes, memdev, record, region);
        });
    }
}
