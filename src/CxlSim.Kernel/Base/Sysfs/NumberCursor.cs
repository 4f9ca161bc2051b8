namespace CxlSim.Kernel;

/// <summary>Takes numbers off a parameter from the left (<c>simple_strtoull</c> in <c>lib/vsprintf.c</c>, <c>memparse</c> in <c>lib/cmdline.c</c>).</summary>
public sealed class NumberCursor(string text)
{
    private const string Suffixes = "KMGTPE";
    private int _at;

    public bool IsAtEnd => _at == text.Length;

    /// <summary>NUL at the end, as in the kernel.</summary>
    public char Current => IsAtEnd ? '\0' : text[_at];

    /// <summary>Passes over a letter where it stands next.</summary>
    public bool Take(char letter)
    {
        bool found = !IsAtEnd && text[_at] == letter;
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>What is not taken yet.</summary>
    public string Rest => text[_at..];

    /// <summary>Digits of base 10, <c>%lu</c>; false where none stands next.</summary>
    public bool TryDecimal(out ulong value)
    {
        int start = _at;
        UInt128 sum = 0;
        for (; char.IsAsciiDigit(Current); _at++)
        {
            sum = ((sum * 10) + (uint)(Current - '0')) & ulong.MaxValue;
        }

        value = (ulong)sum;
        return _at > start;
    }

    /// <summary>Digits of base 0; without one the value is 0 and nothing is taken. What does not fit 64 bits is cut off.</summary>
    public ulong Number() => Number(out _);

    /// <param name="overflows">Whether something was cut off.</param>
    public ulong Number(out bool overflows)
    {
        overflows = false;
        int radix = 10;
        if (Current == '0')
        {
            bool isHex = _at + 2 < text.Length && text[_at + 1] is 'x' or 'X' && char.IsAsciiHexDigit(text[_at + 2]);
            radix = isHex ? 16 : 8;
            _at += isHex ? 2 : 0;
        }

        UInt128 value = 0;
        while (char.IsAsciiHexDigit(Current) && Convert.ToInt32(Current.ToString(), 16) is var digit && digit < radix)
        {
            value = (value * (uint)radix) + (uint)digit;
            overflows |= value > ulong.MaxValue;
            value &= ulong.MaxValue;
            _at++;
        }

        return (ulong)value;
    }

    /// <summary>A number with a suffix of K to E, in powers of 1024.</summary>
    public ulong Size()
    {
        UInt128 value = Number();
        int power = IsAtEnd ? -1 : Suffixes.IndexOf(char.ToUpperInvariant(Current), StringComparison.Ordinal);
        _at += power >= 0 ? 1 : 0;
        return (ulong)((value << (10 * (power + 1))) & ulong.MaxValue);
    }
}
