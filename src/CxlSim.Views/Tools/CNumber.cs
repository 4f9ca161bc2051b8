using System.Globalization;

namespace CxlSim.Views;

/// <summary>Numbers as C reads them: as many digits as there are, whatever stands behind them.</summary>
internal static class CNumber
{
    /// <summary><c>strtoull</c> with base 0: a text that does not begin with a number is 0, one too large is all ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How much of it was read.</param>
    public static ulong Unsigned(string text, out int length)
    {
        int at = SkipSign(text, out bool isNegative);
        int numberBase = 10;
        if (at < text.Length && text[at] == '0')
        {
            bool isHex = at + 2 < text.Length && text[at + 1] is 'x' or 'X' && char.IsAsciiHexDigit(text[at + 2]);
            numberBase = isHex ? 16 : 8;
            at += isHex ? 2 : 0;
        }

        int first = at;
        UInt128 value = 0;
        while (at < text.Length && Digit(text[at]) < numberBase)
        {
            value = UInt128.Min((value * (uint)numberBase) + (uint)Digit(text[at++]), (UInt128)ulong.MaxValue + 1);
        }

        length = at > first ? at : 0;
        ulong number = value > ulong.MaxValue ? ulong.MaxValue : (ulong)value;
        return isNegative && value <= ulong.MaxValue ? unchecked(0 - number) : number;
    }

    /// <summary><c>%d</c> of <c>sscanf</c>; null where no number stands at that place.</summary>
    public static int? Decimal(string text, ref int at)
    {
        string rest = text[at..];
        int first = SkipSign(rest, out bool isNegative);
        int end = first;
        while (end < rest.Length && char.IsAsciiDigit(rest[end]))
        {
            end++;
        }

        if (end == first)
        {
            return null;
        }

        at += end;
        bool fits = long.TryParse(rest[first..end], NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        return unchecked((int)(isNegative ? -(fits ? value : long.MaxValue) : fits ? value : long.MaxValue));
    }

    private static int SkipSign(string text, out bool isNegative)
    {
        int at = 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        isNegative = at < text.Length && text[at] == '-';
        return at < text.Length && text[at] is '-' or '+' ? at + 1 : at;
    }

    private static int Digit(char letter) => char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : int.MaxValue;
}
