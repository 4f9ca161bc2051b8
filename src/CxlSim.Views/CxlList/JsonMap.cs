namespace CxlSim.Views;

/// <summary>A JSON object whose keys keep their order.</summary>
internal sealed class JsonMap
{
    private readonly List<KeyValuePair<string, object>> _entries = [];

    public IReadOnlyList<KeyValuePair<string, object>> Entries => _entries;

    /// <param name="key">The key.</param>
    /// <param name="value">A string, a number, a truth, a <see cref="JsonMap"/> or a list; null adds nothing.</param>
    public JsonMap Add(string key, object? value)
    {
        if (value is not null)
        {
            _entries.Add(new(key, value));
        }

        return this;
    }

    /// <summary>Adds a list unless it is empty.</summary>
    public JsonMap AddAny(string key, IReadOnlyList<object> values) => values.Count > 0 ? Add(key, values) : this;
}
