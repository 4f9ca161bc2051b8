using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Numbers as sysfs and tools print them.</summary>
internal static class TextNumber
{
    /// <summary>Decimal, hexadecimal after 0x, or a size such as <c>1024.00 MiB (1073.74 MB)</c>; null for anything else.</summary>
    public static ulong? Parse(string? text)
    {
        string word = text?.Trim() ?? "";
        if (word.StartsWith("0x", StringComparison.Ordinal))
        {
            return ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex) ? hex : null;
        }

        if (ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            return number;
        }

        string[] parts = word.Split(' ');
        int shift = parts.Length < 2 ? 0 : ByteSize.Units.FirstOrDefault(unit => unit.Name == parts[1]).Shift;
        return shift > 0 && decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count) && count < ulong.MaxValue >> shift
            ? (ulong)(count * (1UL << shift))
            : null;
    }

    /// <summary>Hexadecimal digits without a prefix.</summary>
    public static ulong? Hex(string text) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value) ? value : null;
}
