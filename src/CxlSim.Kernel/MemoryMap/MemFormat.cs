using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Address ranges as the kernel log prints them.</summary>
public static class MemFormat
{
    /// <summary><c>[mem 0x00100000-0x7fffffff]</c>: eight digits at least.</summary>
    public static string Of(AddressRange range) => $"[mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8}]";

    /// <summary><c>20.0 MiB</c>: three digits in the largest unit, rounded half up (<c>string_get_size</c> in <c>lib/string_helpers.c</c>).</summary>
    public static string Short(ByteSize size)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        int unit = 0;
        for (ulong left = size.Bytes; left >= 1024; left >>= 10)
        {
            unit++;
        }

        decimal value = size.Bytes / (decimal)(1UL << (10 * unit));
        int decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return $"{Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString($"F{decimals}", CultureInfo.InvariantCulture)} {units[unit]}";
    }

    /// <summary>A memory resource as <c>%pr</c> gives it where its type is known.</summary>
    public static string Resource(AddressRange range) => $"[mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8} flags 0x200]";
}
