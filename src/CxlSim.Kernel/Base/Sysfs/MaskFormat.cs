using System.Globalization;
using System.Text;

namespace CxlSim.Kernel;

/// <summary>A set of numbers as a bitmap in words of 32 bits, the highest first: <c>3</c>, <c>00000001,ffffffff</c> (<c>%*pb</c>).</summary>
public static class MaskFormat
{
    private const int WordBits = 32;
    private const int BitsPerDigit = 4;

    /// <param name="numbers">The bits that are set.</param>
    /// <param name="bits">The width of the map; the highest word has only the digits that it needs.</param>
    public static string Of(IEnumerable<int> numbers, int bits)
    {
        uint[] words = new uint[(bits + WordBits - 1) / WordBits];
        foreach (int number in numbers)
        {
            words[number / WordBits] |= 1u << (number % WordBits);
        }

        StringBuilder text = new();
        int highest = bits % WordBits == 0 ? WordBits : bits % WordBits;
        for (int i = words.Length - 1; i >= 0; i--)
        {
            int width = i == words.Length - 1 ? highest : WordBits;
            int digits = (width + BitsPerDigit - 1) / BitsPerDigit;
            text.Append(words[i].ToString("x", CultureInfo.InvariantCulture).PadLeft(digits, '0')).Append(i == 0 ? string.Empty : ",");
        }

        return text.ToString();
    }
}
