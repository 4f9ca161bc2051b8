using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Numbers as users of the debugger write them: hexadecimal after 0x, decimal, decimal with KiB to PiB.</summary>
public static class DebugNumber
{
    public static bool TryParse(string text, out ulong value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        (string name, int shift) = ByteSize.Units.FirstOrDefault(unit => unit.Shift > 0 && text.EndsWith(unit.Name, StringComparison.Ordinal), (Name: "", Shift: 0));
        bool isGood = ulong.TryParse(text.AsSpan(0, text.Length - name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong count) && count <= ulong.MaxValue >> shift;
        value = isGood ? count << shift : 0;
        return isGood;
    }
}
