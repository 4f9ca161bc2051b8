namespace CxlSim.Platform;

/// <summary>Leads from bytes of the tables that firmware wrote back to the platform file.</summary>
public sealed class TableSources(IReadOnlyList<TableSource> all)
{
    private readonly ILookup<string, TableSource> _bySignature = all.ToLookup(source => source.Signature, StringComparer.Ordinal);

    /// <summary>Records and fields in the order in which they were written.</summary>
    public IReadOnlyList<TableSource> All => all;

    /// <summary>The narrowest stretch that holds the byte; null where firmware made it from nothing of the platform.</summary>
    public TableSource? Find(string signature, int offset) =>
        _bySignature[signature].Where(source => source.Offset <= offset && offset - source.Offset < source.Length).MinBy(source => source.Length);

    /// <summary>What exactly this field came from, or the whole table, where the platform brings it as a file; null for a field that its format fixes, such as a type or a length.</summary>
    public TableSource? Field(string signature, int offset, int length) =>
        _bySignature[signature].LastOrDefault(source => source.Offset == offset && source.Length == length && source.Key is not null)
        ?? _bySignature[signature].FirstOrDefault(source => source.Offset == 0 && source.Key == signature && source.Length >= offset + length);
}
