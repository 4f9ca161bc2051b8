using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Platform.Reading;

/// <summary>The scalars of the language that stand for numbers: counts, sizes, addresses, ranges, durations. Options of the command line are written alike.</summary>
public static class ScalarParser
{
    private const string SizeExpected = "a size such as 4096, 512MiB or 128GiB (B, KiB, MiB, GiB, TiB, PiB)";
    private const string AddressExpected = "an address such as 0xc050000000";
    private const string RangeExpected = "a range such as 0x0-0x9ffff, the last byte included";
    private const string DurationExpected = "a duration such as 12.5ns, 20us, 1ms or 2s";

    /// <summary>Longer than any of the machine's waits; a simulated clock of 64 bits holds it many times over.</summary>
    public const double LongestDurationNs = 3600e9;

    private static readonly (string Unit, int Shift)[] SizeUnits = [.. ByteSize.Units.Reverse(), ("", 0)];

    private static readonly (string Unit, decimal Ns)[] DurationUnits = [("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];

    public static Parsed<ulong> Number(string text, ulong min, ulong max)
    {
        string expected = $"a number from {Show(min)} to {Show(max)}";
        string? fault = Digits(text, out ulong value);
        return fault is not null ? Parsed<ulong>.Wrong(fault, expected)
            : value < min || value > max ? Parsed<ulong>.Wrong(Cxp.OutOfRange, expected)
            : value;
    }

    public static Parsed<ByteSize> Size(string text, ByteSize min, ByteSize max)
    {
        (string unit, int shift) = SizeUnits.First(u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        string? fault = Digits(text.AsSpan(0, text.Length - unit.Length).TrimEnd(' '), out ulong count);
        if (fault is null && count > ulong.MaxValue >> shift)
        {
            fault = Cxp.Overflow;
        }

        if (fault is not null)
        {
            return Parsed<ByteSize>.Wrong(fault, SizeExpected);
        }

        ByteSize size = new(count << shift);
        return size < min || size > max ? Parsed<ByteSize>.Wrong(Cxp.OutOfRange, $"a size from {min} to {max}") : size;
    }

    /// <summary>A host physical address that the board can have.</summary>
    public static Parsed<Hpa> Address(string text)
    {
        string? fault = Digits(text, out ulong value);
        return fault is not null ? Parsed<Hpa>.Wrong(fault, AddressExpected)
            : value >= AddressSpace.Limit ? Parsed<Hpa>.Wrong(Cxp.OutOfRange, "an address of 52 bits, as x86-64 page tables hold them")
            : new Hpa(value);
    }

    /// <summary>Both ends, the last byte included, as iomem prints them.</summary>
    public static Parsed<AddressRange> Range(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            return Parsed<AddressRange>.Wrong(Cxp.Malformed, RangeExpected);
        }

        string? fault = Digits(text.AsSpan(0, dash).TrimEnd(' '), out ulong first);
        string? lastFault = Digits(text.AsSpan(dash + 1).TrimStart(' '), out ulong last);
        if ((fault ?? lastFault) is { } wrong)
        {
            return Parsed<AddressRange>.Wrong(wrong, RangeExpected);
        }

        return last < first ? Parsed<AddressRange>.Wrong(Cxp.OutOfRange, "a range that does not end before it starts")
            : last >= AddressSpace.Limit ? Parsed<AddressRange>.Wrong(Cxp.OutOfRange, "a range within 52 bits, as x86-64 page tables hold them")
            : AddressRange.FromBounds(new Hpa(first), new Hpa(last));
    }

    /// <summary>A duration in nanoseconds.</summary>
    /// <param name="text">With its unit.</param>
    /// <param name="most">The longest, in nanoseconds.</param>
    /// <param name="mostText">The same, for the message.</param>
    public static Parsed<double> Duration(string text, double most, string mostText)
    {
        (string unit, decimal ns) = DurationUnits.FirstOrDefault(u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - (unit?.Length ?? 0));
        if (unit is null || !TryDecimal(digits, out double count))
        {
            return Parsed<double>.Wrong(Cxp.Malformed, DurationExpected);
        }

        // Not count * ns: 1.001us is 1001 ns, and the nearest double to 1.001 is not quite that.
        return count * (double)ns <= most ? (double)(decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * ns) : Parsed<double>.Wrong(Cxp.OutOfRange, $"at most {mostText}");
    }

    /// <summary>Digits, and a point where there is one; no sign, no exponent, no separators, no word for what is no number.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && text.IndexOfAnyExceptInRange('.', '9') < 0;

    /// <summary>Hexadecimal digits without a prefix, up to <paramref name="max"/>.</summary>
    public static bool TryHex(ReadOnlySpan<char> text, uint max, out uint value) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value <= max;

    /// <summary>Decimal, or hexadecimal after 0x; underscores between digits. Null when understood, else the fault.</summary>
    private static string? Digits(ReadOnlySpan<char> text, out ulong value)
    {
        bool hex = text.StartsWith("0x", StringComparison.Ordinal);
        ReadOnlySpan<char> digits = hex ? text[2..] : text;
        value = 0;
        if (digits.IsEmpty || digits[0] == '_' || digits[^1] == '_')
        {
            return Cxp.Malformed;
        }

        uint radix = hex ? 16u : 10u;
        UInt128 sum = 0;
        foreach (char c in digits)
        {
            if (c != '_' && !(hex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c)))
            {
                return Cxp.Malformed;
            }

            // Once past 64 bits the sum stands still: four hundred digits are still only a number too large.
            if (c != '_' && sum <= ulong.MaxValue)
            {
                sum = (sum * radix) + (uint)(char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            }
        }

        if (sum > ulong.MaxValue)
        {
            return Cxp.Overflow;
        }

        value = (ulong)sum;
        return null;
    }

    private static string Show(ulong value) => value > 0xffff ? $"0x{value:x}" : value.ToString(CultureInfo.InvariantCulture);
}
