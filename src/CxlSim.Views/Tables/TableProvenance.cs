using CxlSim.Platform;

namespace CxlSim.Views;

/// <summary>Says beside the fields of a table that firmware wrote what they came from.</summary>
public static class TableProvenance
{
    /// <summary>What the format fixes even where all of a table was derived.</summary>
    private static readonly string[] Fixed = ["Type", "Length", "Reserved", "Checksum"];

    /// <summary>The table with <see cref="TableField.Source"/> filled in; fields that their format fixes have none.</summary>
    public static DecodedTable Add(DecodedTable table, TableSources sources) => table with
    {
        Structures = [.. table.Structures.Select(structure => structure with { Fields = [.. structure.Fields.Select(field => Add(field, table.Signature, sources))] })],
    };

    private static TableField Add(TableField field, string signature, TableSources sources) =>
        sources.Field(signature, field.Offset, field.Width) is { } source && (source.IsStated || source.Length == field.Width || !Fixed.Contains(field.Name))
            ? field with { Source = FieldProvenance.Of(source) }
            : field;
}
