namespace CxlSim.Kernel;

/// <summary>The kernel's command line, split into parameters (<c>kernel/params.c</c>).</summary>
public sealed class CommandLine
{
    private readonly List<(string Name, string? Value)> _parameters = [];

    public CommandLine(string text)
    {
        Text = text;
        foreach (string word in Split(text))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            _parameters.Add(equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..].Trim('"')));
        }
    }

    public string Text { get; }

    /// <summary>As they stand, a bare word without a value.</summary>
    public IReadOnlyList<(string Name, string? Value)> Parameters => _parameters;

    /// <summary>True where the parameter stands, with or without a value.</summary>
    public bool Has(string name) => _parameters.Exists(parameter => parameter.Name == name);

    /// <summary>The last value given, as with every parameter that is a single variable.</summary>
    public string? Value(string name) => _parameters.FindLast(parameter => parameter.Name == name).Value;

    /// <summary>True where a comma-separated parameter names an option: <c>efi=nosoftreserve,debug</c>.</summary>
    public bool HasOption(string name, string option) =>
        _parameters.Exists(parameter => parameter.Name == name && parameter.Value is { } value && value.Split(',').Contains(option));

    /// <summary>Spaces separate, but not within double quotes.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ' ' && !quoted))
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
        }
    }
}
