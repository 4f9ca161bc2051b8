using System.Numerics;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>The scalars of the language that are words: names, choices, truth, places and ids of PCI functions.</summary>
internal static class WordParser
{
    private static readonly (string Word, bool Value)[] Truth = [("true", true), ("false", false)];

    public static Parsed<bool> Flag(string text) => Choice(text, Truth);

    public static Parsed<T> Choice<T>(string text, IReadOnlyList<(string Word, T Value)> choices)
    {
        foreach ((string word, T value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }

        IEnumerable<string> words = choices.Select(c => c.Word);
        return Parsed<T>.Wrong(Cxp.Malformed, $"one of {string.Join(", ", words)}{NearestKey.Hint(text, words)}");
    }

    /// <summary>One of the words, or a number up to <paramref name="max"/>.</summary>
    public static Parsed<T> ChoiceOrNumber<T>(string text, IReadOnlyList<(string Word, T Value)> choices, T max)
        where T : struct, IBinaryInteger<T>
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]))
        {
            return Choice(text, choices);
        }

        Parsed<ulong> number = ScalarParser.Number(text, 0, ulong.CreateChecked(max));
        return number.Fault is null ? T.CreateChecked(number.Value) : Parsed<T>.Wrong(number.Fault, number.Expected);
    }

    /// <summary>Bytes as pairs of hexadecimal digits; blanks between them do not count.</summary>
    public static Parsed<byte[]> Hex(string text)
    {
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : Parsed<byte[]>.Wrong(Cxp.Malformed, "bytes as pairs of hexadecimal digits, such as \"0028 0000\"");
    }

    /// <summary>Bus, device and function in hexadecimal, as lspci prints them, in the 16 bits that tables hold: <c>0c:1f.2</c>.</summary>
    public static Parsed<ushort> Function(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > 2 || !ScalarParser.TryHex(text.AsSpan(0, colon), 0xff, out uint bus))
        {
            return Parsed<ushort>.Wrong(Cxp.Malformed, "bus, device and function in hexadecimal, such as \"0c:1f.2\"");
        }

        Parsed<PciSlot> slot = Slot(text[(colon + 1)..]);
        return slot.Fault is null ? (ushort)((bus << 8) | ((uint)slot.Value.Device << 3) | slot.Value.Function) : Parsed<ushort>.Wrong(slot.Fault, slot.Expected);
    }

    /// <summary>A name without blanks, as Linux and users name things: letters, digits and _ . : - only.</summary>
    public static Parsed<string> Name(string text) =>
        PlatformName.Is(text)
            ? text
            : Parsed<string>.Wrong(Cxp.Malformed, "a name of 1 to 64 letters, digits and _ . : -");

    /// <summary>Text for a field of fixed width in a table or register.</summary>
    public static Parsed<string> Ascii(string text, int longest) =>
        text.Length <= longest && text.All(c => c is >= ' ' and <= '~')
            ? text
            : Parsed<string>.Wrong(Cxp.OutOfRange, $"at most {longest} printable ASCII characters");

    /// <summary>A kernel's version: two to four numbers.</summary>
    public static Parsed<Version> Version(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c == '.') && System.Version.TryParse(text, out Version? version)
            ? version
            : Parsed<Version>.Wrong(Cxp.Malformed, "a kernel version such as 6.12");

    /// <summary>The name of a build option.</summary>
    public static bool IsBuildOption(string text) =>
        text.Length > 0 && !text.StartsWith("CONFIG_", StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Device and function in hexadecimal, as lspci prints them: <c>1f.2</c>.</summary>
    public static Parsed<PciSlot> Slot(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot is < 1 or > 2
            || !ScalarParser.TryHex(text.AsSpan(0, dot), 0xff, out uint device)
            || !ScalarParser.TryHex(text.AsSpan(dot + 1), 0xff, out uint function))
        {
            return Parsed<PciSlot>.Wrong(Cxp.Malformed, "device and function in hexadecimal, such as 1f.2");
        }

        return device > 0x1f || function > 7 ? Parsed<PciSlot>.Wrong(Cxp.OutOfRange, "a place from 00.0 to 1f.7") : new PciSlot((byte)device, (byte)function);
    }

    /// <summary>Vendor and device id in hexadecimal: <c>8086:2922</c>.</summary>
    public static Parsed<(ushort Vendor, ushort Device)> PciId(string text) =>
        text.Length == 9 && text[4] == ':'
        && ScalarParser.TryHex(text.AsSpan(0, 4), 0xffff, out uint vendor)
        && ScalarParser.TryHex(text.AsSpan(5), 0xffff, out uint device)
            ? ((ushort)vendor, (ushort)device)
            : Parsed<(ushort, ushort)>.Wrong(Cxp.Malformed, "vendor and device id in hexadecimal, such as \"8086:2922\"");
}
