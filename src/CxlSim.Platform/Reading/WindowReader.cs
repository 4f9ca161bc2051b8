using CxlSim.Core;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one entry of <c>windows:</c>.</summary>
internal static class WindowReader
{
    /// <summary>The CFMWS field has two bytes (CXL r3.1 9.18.1.3); reserved bits are the user's to try.</summary>
    private const ulong MostRestrictions = 0xffff;

    internal static readonly (string Word, WindowEfiMap Map)[] EfiMaps =
        [("none", WindowEfiMap.None), ("soft_reserved", WindowEfiMap.SoftReserved), ("conventional", WindowEfiMap.Conventional)];

    private static readonly (string Word, byte Arithmetic)[] Arithmetics = [("modulo", CedtCfmws.ArithmeticModulo), ("xor", CedtCfmws.ArithmeticXor)];

    public static readonly KeySet Keys = new("a window",
    [
        Key.Required("targets", Shapes.List(Shapes.Number(0, uint.MaxValue)), "UIDs of the host bridges in interleave order; their number is the ways: 1, 2, 3, 4, 6, 8, 12 or 16."),
        new("base", Shapes.Address, "Where the window begins, an HPA; left out, above DRAM and above the window before it, and from 64 GiB on at a multiple of 2 GiB."),
        new("size", Shapes.Size, "Left out: the capacity below its host bridges, as far as no other window takes it."),
        new("granularity", Shapes.Size, "Bytes on one host bridge before the next: a power of two from 256 B to 16 KiB. Left out: 256 B."),
        new("arithmetic", Shapes.Words(Arithmetics.Select(word => word.Word)), "How the host bridge is chosen. Left out: modulo."),
        new("xor_maps", Shapes.List(Shapes.Number()), "For XOR arithmetic: a mask of address bits for each bit of the target's position, the lowest first."),
        new("restrictions", Shapes.Number(0, MostRestrictions), "CFMWS restriction bits: 1 type 2, 2 type 3, 4 volatile, 8 persistent, 16 fixed, 32 back-invalidate. Left out: what the devices below need."),
        new("qos_class", Shapes.Number(0, ushort.MaxValue), "QoS throttling group. Left out: 0."),
        new("encoded_base", Shapes.Number(), "Base as the table has it, true or not. Left out: the base."),
        new("encoded_size", Shapes.Size, "Size as the table has it, true or not: larger than what the hardware decodes where memory before or behind it belongs to it. Left out: the size."),
        new("encoded_arithmetic", Shapes.Number(0, byte.MaxValue), "Arithmetic as the table has it, true or not. Left out: the arithmetic."),
        new("encoded_ways", Shapes.Number(0, byte.MaxValue), "ENIW as the table has it, true or not. Left out: the number of targets."),
        new("encoded_granularity", Shapes.Number(0, uint.MaxValue), "HBIG as the table has it, true or not. Left out: the granularity."),
        new("record_length", Shapes.Number(0, ushort.MaxValue), "What the record claims; more than its bytes is filled with zeros. Left out: its length."),
        new("efi", Shapes.Words(EfiMaps.Select(word => word.Word)), "What firmware lists in the EFI memory map where it has programmed decoders. Left out: none."),
    ]);

    public static WindowDraft? Read(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return null;
        }

        byte arithmetic = reader.Choice("arithmetic", Arithmetics) ?? CedtCfmws.ArithmeticModulo;
        WindowDescription window = new()
        {
            Range = AddressRange.Of(Hpa.Zero, AddressSpace.CxlUnit),
            Targets = reader.Numbers<uint>("targets"),
            Granularity = Granularity(reader),
            XorMaps = XorMaps(reader, arithmetic),
            EncodedBase = reader.Number<ulong>("encoded_base"),
            EncodedSize = reader.Size("encoded_size", ByteSize.Zero, new ByteSize(ulong.MaxValue))?.Bytes,
            EncodedWays = reader.Number<byte>("encoded_ways"),
            EncodedGranularity = reader.Number<uint>("encoded_granularity"),
            EncodedArithmetic = reader.Number<byte>("encoded_arithmetic") ?? arithmetic,
            RecordLength = reader.Number<ushort>("record_length"),
            Restrictions = reader.Number<ushort>("restrictions") ?? 0,
            QosClass = reader.Number<ushort>("qos_class") ?? 0,
            EfiMap = reader.Choice("efi", EfiMaps) ?? WindowEfiMap.None,
        };
        ByteSize most = new(AddressSpace.Limit);
        return new WindowDraft(context.Register(window, reader.Mapping), reader.Address("base"), reader.Size("size", new ByteSize(1), most));
    }

    /// <summary>Null for modulo arithmetic, which has none.</summary>
    private static IReadOnlyList<ulong>? XorMaps(MappingReader reader, byte arithmetic)
    {
        bool isXor = arithmetic == CedtCfmws.ArithmeticXor;
        IReadOnlyList<ulong> maps = reader.Numbers<ulong>("xor_maps");
        if (!isXor && reader.Has("xor_maps") && reader.IsSound("arithmetic"))
        {
            reader.Refuse("xor_maps", Cxp.XorMapsForModulo, "found XOR maps for modulo arithmetic; expected 'arithmetic: xor' beside them, or no maps");
        }

        return isXor ? maps : null;
    }

    private static int Granularity(MappingReader reader)
    {
        ByteSize size = reader.Size("granularity", ByteSize.Zero, new ByteSize(ulong.MaxValue)) ?? new ByteSize(Interleave.MinGranularity);
        if (size.Bytes <= Interleave.MaxGranularity && Interleave.TryEncodeGranularity((int)size.Bytes, out _))
        {
            return (int)size.Bytes;
        }

        reader.Refuse("granularity", Cxp.Granularity, $"found a granularity of {size}; expected a power of two from 256 B to 16 KiB; 'encoded_granularity' writes any other number into the table");
        return Interleave.MinGranularity;
    }
}
