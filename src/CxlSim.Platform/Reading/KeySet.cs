namespace CxlSim.Platform.Reading;

/// <summary>The keys of one kind of mapping.</summary>
/// <param name="What">What the mapping describes, for messages: <c>a window</c>.</param>
/// <param name="Required">Keys without a default.</param>
/// <param name="Optional">Keys that may be left out.</param>
internal sealed record KeySet(string What, string[] Required, string[] Optional)
{
    public IEnumerable<string> All => Required.Concat(Optional);

    public bool Knows(string key) => Required.Contains(key) || Optional.Contains(key);
}
