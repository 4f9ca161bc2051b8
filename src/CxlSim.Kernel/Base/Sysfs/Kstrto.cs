using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How the kernel reads numbers and words that are written to its files (<c>lib/kstrtox.c</c>).</summary>
public static class Kstrto
{
    /// <summary>Without the newline and NUL that tools send along.</summary>
    public static string Trim(string text)
    {
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Base 0: 0x is hexadecimal, a leading 0 octal. ERANGE for more than 64 bits, whatever stands behind it; EINVAL for anything else.</summary>
    public static Errno U64(string text, out ulong value) => Magnitude(text.StartsWith('+') ? text[1..] : text, out value);

    /// <summary>A signed number of 32 bits.</summary>
    public static Errno Int(string text, out int value)
    {
        value = 0;
        bool negative = text.StartsWith('-');
        Errno error = negative ? Magnitude(text[1..], out ulong magnitude) : U64(text, out magnitude);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (magnitude > (negative ? 0x8000_0000UL : int.MaxValue))
        {
            return Errno.ERANGE;
        }

        value = negative ? (int)-(long)magnitude : (int)magnitude;
        return Errno.Ok;
    }

    private static Errno Magnitude(string text, out ulong value)
    {
        NumberCursor cursor = new(text);
        bool hasDigit = char.IsAsciiDigit(cursor.Current);
        ulong number = cursor.Number(out bool overflows);
        cursor.Take('\n');
        bool isWhole = hasDigit && cursor.Current == '\0'; // the end of the text, for the kernel
        value = isWhole && !overflows ? number : 0;
        return overflows ? Errno.ERANGE : isWhole ? Errno.Ok : Errno.EINVAL;
    }

    /// <summary>y, Y, t, T, 1, on; n, N, f, F, 0, off. EINVAL for anything else.</summary>
    public static Errno Bool(string text, out bool value)
    {
        text = Trim(text);
        value = text.Length > 0 && (text[0] is 'y' or 'Y' or 't' or 'T' or '1' || text.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        bool no = text.Length > 0 && (text[0] is 'n' or 'N' or 'f' or 'F' or '0' || text.StartsWith("of", StringComparison.OrdinalIgnoreCase));
        return value || no ? Errno.Ok : Errno.EINVAL;
    }
}
