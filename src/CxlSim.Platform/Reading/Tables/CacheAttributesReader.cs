using CxlSim.Platform.Language;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what HMAT and CDAT say of a cache: one level, direct mapped, write back, lines of 64 bytes unless the file says otherwise.</summary>
internal static class CacheAttributesReader
{
    private static readonly (string Word, byte Value)[] Associativities = [("none", 0), ("direct_mapped", 1), ("complex", 2)];

    private static readonly (string Word, byte Value)[] WritePolicies = [("none", 0), ("write_back", 1), ("write_through", 2)];

    public static readonly IReadOnlyList<Key> Keys =
    [
        new("levels", Shapes.Number(0, HmatCache.FieldMask), "Levels of cache before the memory. Left out: 1."),
        new("level", Shapes.Number(0, HmatCache.FieldMask), "Which of them this is. Left out: 1."),
        new("associativity", Shapes.Either([Shapes.Words(Associativities.Select(word => word.Word)), Shapes.Number(0, HmatCache.FieldMask)]), "Left out: direct_mapped."),
        new("write_policy", Shapes.Either([Shapes.Words(WritePolicies.Select(word => word.Word)), Shapes.Number(0, HmatCache.FieldMask)]), "Left out: write_back."),
        new("line_size", Shapes.Number(0, ushort.MaxValue), "Bytes. Left out: 64."),
    ];

    public static uint Read(MappingReader reader)
    {
        uint levels = reader.Number<uint>("levels") ?? 1;
        uint level = reader.Number<uint>("level") ?? 1;
        uint associativity = reader.ChoiceOrNumber("associativity", Associativities, (byte)HmatCache.FieldMask) ?? HmatCache.AssociativityDirectMapped;
        uint policy = reader.ChoiceOrNumber("write_policy", WritePolicies, (byte)HmatCache.FieldMask) ?? 1;
        uint line = reader.Number<uint>("line_size") ?? 64;
        return (levels << HmatCache.TotalLevelsShift) | (level << HmatCache.LevelShift) | (associativity << HmatCache.AssociativityShift)
            | (policy << HmatCache.WritePolicyShift) | (line << HmatCache.LineSizeShift);
    }
}
