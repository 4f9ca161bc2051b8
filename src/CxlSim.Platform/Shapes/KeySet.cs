namespace CxlSim.Platform.Language;

/// <summary>The keys of one kind of mapping.</summary>
/// <param name="What">What the mapping describes, for messages: <c>a window</c>.</param>
/// <param name="Keys">In the order in which a reader of the documentation wants them.</param>
internal sealed record KeySet(string What, IReadOnlyList<Key> Keys)
{
    public IEnumerable<string> All => Keys.Select(key => key.Name);

    public IEnumerable<string> Required => Keys.Where(key => key.IsRequired).Select(key => key.Name);

    public bool Knows(string key) => Keys.Any(known => known.Name == key);
}
