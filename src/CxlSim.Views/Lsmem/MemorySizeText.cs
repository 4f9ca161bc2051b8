using System.Globalization;

namespace CxlSim.Views;

/// <summary>Sizes with one letter, as util-linux writes them: <c>1.9G</c>, <c>128M</c>, <c>0B</c>.</summary>
public static class MemorySizeText
{
    private const string Letters = "BKMGTPE";

    public static string Of(ulong bytes)
    {
        int unit = 0;
        while (unit < Letters.Length - 1 && bytes >> (10 * (unit + 1)) > 0)
        {
            unit++;
        }

        ulong whole = bytes >> (10 * unit);
        ulong rest = bytes - (whole << (10 * unit));
        ulong tenths = ((ulong)((UInt128)rest * 1000 >> (10 * unit)) + 50) / 100; // thousandths first, which are cut off
        if (tenths == 10)
        {
            (whole, tenths) = (whole + 1, 0);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{whole}{(tenths > 0 ? $".{tenths}" : string.Empty)}{Letters[unit]}");
    }
}
