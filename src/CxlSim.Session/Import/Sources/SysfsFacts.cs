namespace CxlSim.Session;

/// <summary>Attributes and links of sysfs, from dumps of them: <c>path = value</c>, <c>path -> target</c>, <c>path # length:hex</c>.</summary>
internal sealed class SysfsFacts
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _binary = new(StringComparer.Ordinal);

    public SysfsFacts(CapturedMachine capture)
    {
        foreach (CaptureFile file in capture.All(CaptureKind.Attributes))
        {
            foreach ((int number, string line) in file.Lines())
            {
                if (line.StartsWith("/sys/", StringComparison.Ordinal))
                {
                    Add(file, number, line, capture.Findings);
                }
            }
        }
    }

    /// <summary>Line breaks of a value stand as <c>\n</c>.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public IReadOnlyDictionary<string, string> Links => _links;

    public IReadOnlyDictionary<string, byte[]> Binary => _binary;

    public string? Value(string path) => _values.GetValueOrDefault(path);

    public ulong? Number(string path) => TextNumber.Parse(Value(path));

    private void Add(CaptureFile file, int number, string line, ImportFindings findings)
    {
        string[] parts = line.Split(' ', 3);
        string rest = parts.Length > 2 ? parts[2] : "";
        switch (parts.Length > 1 ? parts[1] : "")
        {
            case "=":
                _values.TryAdd(parts[0], rest);
                break;
            case "->":
                _links.TryAdd(parts[0], rest);
                break;
            case "#":
                if (Bytes(rest) is { } bytes)
                {
                    _binary.TryAdd(parts[0], bytes);
                }
                else
                {
                    findings.Warn(Cxi.TextForm, file.Line(number), "found bytes that are no pairs of hexadecimal digits after their number; expected such as 4096:86807570");
                }

                break;
        }
    }

    private static byte[]? Bytes(string text)
    {
        string hex = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
    }
}
