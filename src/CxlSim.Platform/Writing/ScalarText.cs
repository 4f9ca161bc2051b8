using System.Globalization;
using System.Text;
using CxlSim.Core;

namespace CxlSim.Platform.Writing;

/// <summary>The scalars of the language as text: the other way round of <see cref="Reading.ScalarParser"/> and <see cref="Reading.WordParser"/>.</summary>
internal static class ScalarText
{
    public static string Of(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Hex(ulong number, int digits = 1) => "0x" + number.ToString("x", CultureInfo.InvariantCulture).PadLeft(digits, '0');

    public static string Of(ByteSize size) => size.ToString().Replace(" ", "", StringComparison.Ordinal);

    public static string Of(AddressRange range) => range.ToString();

    public static string Of(bool flag) => flag ? "true" : "false";

    /// <summary>Digits and a point only: the language has no exponents.</summary>
    public static string Nanoseconds(double ns) => ns.ToString("0.##############", CultureInfo.InvariantCulture) + "ns";

    /// <summary>Device and function as lspci prints them.</summary>
    public static string Slot(byte device, byte function) => string.Create(CultureInfo.InvariantCulture, $"{device:x2}.{function:x}");

    /// <summary>Bus, device and function in the 16 bits that tables hold.</summary>
    public static string Function(ushort bdf) => string.Create(CultureInfo.InvariantCulture, $"\"{bdf >> 8:x2}:{(bdf >> 3) & 0x1f:x2}.{bdf & 7:x}\"");

    public static string Bytes(IEnumerable<byte> bytes) => Quoted(Convert.ToHexStringLower([.. bytes]));

    /// <summary>The word for a number where there is one.</summary>
    public static string Word<T>(T value, IEnumerable<(string Word, T Value)> words)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        words.Where(word => word.Value == value).Select(word => word.Word).FirstOrDefault() ?? Of(ulong.CreateChecked(value));

    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    /// <summary>As it is where YAML takes it as it is, else between quotes.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    public static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char letter in text)
        {
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or (>= '\x7f' and <= '\xa0') or '\u2028' or '\u2029' or '\ufeff' or > '\ufffc' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text is not "null" && char.IsAsciiLetterOrDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '/' or '+');
}
