using System.Globalization;
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

    /// <summary>Base 0: 0x is hexadecimal, a leading 0 octal. EINVAL for anything else, ERANGE for too much.</summary>
    public static Errno U64(string text, out ulong value)
    {
        text = Trim(text);
        text = text.StartsWith('+') ? text[1..] : text;
        value = 0;
        int radix = 10;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.Length > 1 && text[0] == '0')
        {
            radix = 8;
            text = text[1..];
        }

        if (text.Length == 0)
        {
            return Errno.EINVAL;
        }

        UInt128 sum = 0;
        bool overflow = false;
        foreach (char letter in text)
        {
            int digit = char.IsAsciiHexDigit(letter) ? int.Parse([letter], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : radix;
            if (digit >= radix)
            {
                return Errno.EINVAL;
            }

            sum = (sum * (uint)radix) + (uint)digit;
            overflow |= sum > ulong.MaxValue;
            sum = overflow ? 0 : sum;
        }

        value = (ulong)sum;
        return overflow ? Errno.ERANGE : Errno.Ok;
    }

    /// <summary>A signed number of 32 bits.</summary>
    public static Errno Int(string text, out int value)
    {
        value = 0;
        text = Trim(text);
        bool negative = text.StartsWith('-');
        Errno error = U64(negative ? text[1..] : text, out ulong magnitude);
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

    /// <summary>y, Y, t, T, 1, on; n, N, f, F, 0, off. EINVAL for anything else.</summary>
    public static Errno Bool(string text, out bool value)
    {
        text = Trim(text);
        value = text.Length > 0 && (text[0] is 'y' or 'Y' or 't' or 'T' or '1' || text.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        bool no = text.Length > 0 && (text[0] is 'n' or 'N' or 'f' or 'F' or '0' || text.StartsWith("of", StringComparison.OrdinalIgnoreCase));
        return value || no ? Errno.Ok : Errno.EINVAL;
    }
}
