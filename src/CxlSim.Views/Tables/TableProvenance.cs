using CxlSim.Platform;

namespace CxlSim.Views;

/// <summary>Says beside the fields of a table that firmware wrote what they came from.</summary>
public static class TableProvenance
{
    /// <summary>The table with <see cref="TableField.Source"/> filled in; fields that their format fixes have none.</summary>
    public static DecodedTable Add(DecodedTable table, TableSources sources) => table with
    {
        Structures = [.. table.Structures.Select(structure => structure with { Fields = [.. structure.Fields.Select(field => Add(field, table.Signature, sources))] })],
    };

    private static TableField Add(TableField field, string signature, TableSources sources) =>
        sources.Field(signature, field.Offset, field.Width) is { } source ? field with { Source = FieldProvenance.Of(source) } : field;
}
