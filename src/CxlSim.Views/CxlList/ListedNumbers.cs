using System.Globalization;

namespace CxlSim.Views;

/// <summary>How <c>cxl list</c> shows sizes and addresses.</summary>
/// <param name="human">-u was said.</param>
internal sealed class ListedNumbers(bool human)
{
    /// <summary>Below it a size is bare bytes.</summary>
    private const ulong Smallest = 5000 << 10;

    private static readonly (ulong Below, ulong Binary, ulong Decimal, char Letter)[] Units =
    [
        (2UL << 30, 1UL << 20, 1_000_000, 'M'),
        (2UL << 40, 1UL << 30, 1_000_000_000, 'G'),
        (ulong.MaxValue, 1UL << 40, 1_000_000_000_000, 'T'),
    ];

    /// <summary>Bytes; for humans in binary and decimal units, rounded to hundredths.</summary>
    public object Size(ulong bytes)
    {
        if (!human || bytes < Smallest)
        {
            return unchecked((long)bytes);
        }

        (_, ulong binary, ulong thousands, char letter) = Array.Find(Units, unit => bytes < unit.Below || unit.Below == ulong.MaxValue);
        ulong hundredths = ((unchecked(bytes * 200) / binary) + 1) / 2; // what is too large wraps in the tool as well
        ulong decimals = ((bytes / (thousands / 200)) + 1) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hundredths / 100}.{hundredths % 100:d2} {letter}iB ({decimals / 100}.{decimals % 100:d2} {letter}B)");
    }

    /// <summary>An address or another number that reads better in hexadecimal digits.</summary>
    public object Hex(ulong value) => human ? value == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}") : value;
}
