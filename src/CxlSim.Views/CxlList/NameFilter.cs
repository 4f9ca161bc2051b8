namespace CxlSim.Views;

/// <summary>Names that a user gave, with spaces between them, or commas where there is no space. Null lets everything pass, and no name nothing.</summary>
internal sealed class NameFilter(string? text)
{
    private readonly string[]? _words = text?.Split(text.Contains(' ', StringComparison.Ordinal) ? ' ' : ',', StringSplitOptions.RemoveEmptyEntries);

    public bool IsGiven => _words is not null;

    /// <summary>Whether a part of a word is found in it.</summary>
    public bool Mentions(string part) => _words?.Any(word => word.Contains(part, StringComparison.Ordinal)) ?? false;

    /// <summary>A name passes as it stands, by its number, or by its prefix and number. What follows the number is not looked at.</summary>
    /// <param name="prefix">What the name begins with.</param>
    /// <param name="id">The number.</param>
    /// <param name="names">Name, host, and words for its kind.</param>
    public bool Accepts(string prefix, int id, params IReadOnlyList<string> names) =>
        _words?.Any(word => word == "all" || names.Contains(word) || NumberIn(word, string.Empty) == id || NumberIn(word, prefix) == id) ?? true;

    /// <summary>The same for a decoder, which has two numbers.</summary>
    public bool AcceptsDecoder(int port, int id, params IReadOnlyList<string> names) =>
        _words?.Any(word => word == "all" || names.Contains(word) || NumbersIn(word, string.Empty) == (port, id) || NumbersIn(word, "decoder") == (port, id)) ?? true;

    /// <summary>Serial numbers are read as C reads them: hexadecimal with 0x, octal with 0.</summary>
    public bool AcceptsSerial(ulong serial) =>
        _words?.Any(word => CNumber.Unsigned(word, out int length) == serial && length == word.Length) ?? true;

    private static int? NumberIn(string word, string prefix)
    {
        int at = prefix.Length;
        return word.StartsWith(prefix, StringComparison.Ordinal) ? CNumber.Decimal(word, ref at) : null;
    }

    private static (int Port, int Id)? NumbersIn(string word, string prefix)
    {
        int at = prefix.Length;
        return word.StartsWith(prefix, StringComparison.Ordinal)
            && CNumber.Decimal(word, ref at) is { } port
            && at < word.Length && word[at++] == '.'
            && CNumber.Decimal(word, ref at) is { } id
                ? (port, id)
                : null;
    }
}
