using System.Globalization;
using System.Text;
using CxlSim.Core;

namespace CxlSim.Cli;

/// <summary>Addresses as users write them.</summary>
internal static class AddressText
{
    public const string Expected = "an address such as 0xc050000100, 4096 or 16GiB";

    /// <summary>What is shown of something that is no address.</summary>
    private const int LongestQuote = 40;

    private static readonly (byte[] Name, int Shift)[] Units = [.. ByteSize.Units.Where(unit => unit.Shift > 0).Select(unit => (Encoding.ASCII.GetBytes(unit.Name), unit.Shift))];

    /// <summary>Hexadecimal after 0x, decimal, or decimal with a binary unit; false for anything else and for more than 64 bits.</summary>
    /// <param name="text">UTF-8, without spaces around it.</param>
    /// <param name="value">Bytes.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value)
    {
        if (text.StartsWith("0x"u8) || text.StartsWith("0X"u8))
        {
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        foreach ((byte[] name, int shift) in Units)
        {
            if (text.EndsWith(name))
            {
                bool fits = ulong.TryParse(text[..^name.Length], NumberStyles.None, CultureInfo.InvariantCulture, out ulong count) && count <= ulong.MaxValue >> shift;
                value = fits ? count << shift : 0;
                return fits;
            }
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A message about something that is none, safe for a terminal.</summary>
    public static string Refusal(ReadOnlySpan<byte> text)
    {
        string quoted = Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestQuote)]);
        string safe = string.Concat(quoted.Select(letter => char.IsControl(letter) ? '?' : letter));
        return $"found '{safe}{(text.Length > LongestQuote ? "..." : "")}'; expected {Expected}";
    }
}
