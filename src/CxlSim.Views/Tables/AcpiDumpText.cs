using System.Globalization;
using System.Text;

namespace CxlSim.Views;

/// <summary>Tables as the text that <c>acpidump</c> writes and <c>acpixtract</c> reads: a heading with the address, then lines of sixteen bytes.</summary>
public static class AcpiDumpText
{
    private const int LineBytes = 16;
    private const int LongestSignature = 8;
    private const int MostBytes = 16 << 20;

    /// <param name="writer">Takes the text.</param>
    /// <param name="signature">Four letters; the root pointer's eight are cut as acpidump does.</param>
    /// <param name="address">Where the table lay.</param>
    /// <param name="table">Its bytes.</param>
    public static void Write(TextWriter writer, string signature, ulong address, ReadOnlySpan<byte> table)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{signature.TrimEnd()} @ 0x{address:X16}\n"));
        StringBuilder line = new();
        for (int offset = 0; offset < table.Length; offset += LineBytes)
        {
            ReadOnlySpan<byte> bytes = table[offset..Math.Min(table.Length, offset + LineBytes)];
            line.Clear().Append(CultureInfo.InvariantCulture, $"    {offset:X4}: ");
            foreach (byte value in bytes)
            {
                line.Append(CultureInfo.InvariantCulture, $"{value:X2} ");
            }

            line.Append(' ', (3 * (LineBytes - bytes.Length)) + 1);
            foreach (byte value in bytes)
            {
                line.Append(value is >= 0x20 and < 0x7f ? (char)value : '.');
            }

            writer.Write(line.Append('\n'));
        }

        writer.Write('\n');
    }

    /// <summary>Table after table; lines that are neither a heading nor bytes are passed over.</summary>
    public static IReadOnlyList<byte[]> Read(string text)
    {
        List<byte[]> tables = [];
        List<byte>? current = null;
        foreach (string line in text.Split('\n'))
        {
            if (line.IndexOf(" @ 0x", StringComparison.Ordinal) is > 0 and <= LongestSignature) // farther behind it stands among the letters
            {
                Close();
                current = [];
            }
            else if (current is not null && current.Count < MostBytes && line.IndexOf(':', StringComparison.Ordinal) is > 0 and < 12 and int colon)
            {
                current.AddRange(BytesOf(line[(colon + 1)..]));
            }
        }

        Close();
        return tables;

        void Close()
        {
            if (current is { Count: > 0 })
            {
                tables.Add([.. current]);
            }
        }
    }

    /// <summary>Pairs of hex digits up to the double space before the letters.</summary>
    private static IEnumerable<byte> BytesOf(string line)
    {
        string digits = line.TrimStart();
        int end = digits.IndexOf("  ", StringComparison.Ordinal);
        string[] words = (end < 0 ? digits : digits[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Take(LineBytes)
            .TakeWhile(word => word.Length == 2 && byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            .Select(word => byte.Parse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
