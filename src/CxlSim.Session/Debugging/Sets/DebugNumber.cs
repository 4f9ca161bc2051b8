using System.Globalization;

namespace CxlSim.Session;

/// <summary>Numbers as users of the debugger write them: hexadecimal after 0x, decimal, decimal with KiB, MiB, GiB or TiB.</summary>
public static class DebugNumber
{
    /// <summary>Each 1024 times the one before.</summary>
    public static readonly IReadOnlyList<string> Units = ["KiB", "MiB", "GiB", "TiB"];

    public static bool TryParse(string text, out ulong value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        int unit = Units.ToList().FindIndex(name => text.EndsWith(name, StringComparison.Ordinal));
        int shift = 10 * (unit + 1);
        bool isGood = ulong.TryParse(unit < 0 ? text : text[..^Units[unit].Length], NumberStyles.None, CultureInfo.InvariantCulture, out ulong count) && count <= ulong.MaxValue >> shift;
        value = isGood ? count << shift : 0;
        return isGood;
    }
}
