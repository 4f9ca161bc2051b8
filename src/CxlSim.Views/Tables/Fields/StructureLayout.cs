namespace CxlSim.Views;

/// <summary>The fields of a header or of a kind of record.</summary>
/// <param name="Name">What kind it is.</param>
/// <param name="Fields">Those that every one has.</param>
/// <param name="More">Those that depend on what the others hold: lists. May name what the structure has no room for.</param>
internal sealed record StructureLayout(string Name, IReadOnlyList<FieldLayout> Fields, Func<ReadOnlyMemory<byte>, IEnumerable<FieldLayout>>? More = null)
{
    /// <param name="table">The whole table.</param>
    /// <param name="offset">Where the structure begins.</param>
    /// <param name="length">Its bytes; they lie within the table.</param>
    /// <param name="isWhole">False where the structure is too short for its fields.</param>
    public TableStructure Read(ReadOnlyMemory<byte> table, int offset, int length, out bool isWhole)
    {
        ReadOnlyMemory<byte> structure = table.Slice(offset, length);
        List<TableField> fields = [];
        isWhole = true;
        foreach (FieldLayout field in All(structure))
        {
            if (field.Offset + field.Width > length)
            {
                isWhole = false;
                break;
            }

            fields.Add(field.Read(structure.Span, offset));
        }

        return new TableStructure(Name, offset, length, fields);
    }

    private IEnumerable<FieldLayout> All(ReadOnlyMemory<byte> structure) => More is null ? Fields : Fields.Concat(More(structure));
}
