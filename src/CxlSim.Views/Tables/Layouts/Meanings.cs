using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What numbers in tables say.</summary>
internal static class Meanings
{
    public static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Size(ulong value) => new ByteSize(value).ToString();

    public static string Ways(ulong value) => Interleave.TryDecodeWays((uint)value, out int ways) ? $"{ways} ways" : "no legal number of ways";

    public static string Granularity(ulong value) => Interleave.TryDecodeGranularity((uint)value, out int granularity) ? new ByteSize((ulong)granularity).ToString() : "no legal granularity";

    /// <summary>The names of the bits that are set, lowest first.</summary>
    public static Func<ulong, string> Flags(params string[] names) => value =>
    {
        IEnumerable<string> set = Enumerable.Range(0, 64).Where(bit => Bits.IsSet(value, bit)).Select(bit => bit < names.Length ? names[bit] : $"bit {bit}");
        return string.Join(", ", set);
    };

    /// <summary>The name of a number, the first being 0.</summary>
    public static Func<ulong, string> Names(params string[] names) => value => value < (ulong)names.Length ? names[value] : "unknown";

    /// <summary>Device and function in 8 bits.</summary>
    public static string DeviceFunction(ulong value) => string.Create(CultureInfo.InvariantCulture, $"{value >> 3:x2}.{value & 7}");

    /// <summary>Bus, device and function in 16 bits.</summary>
    public static string Function(ulong value) => string.Create(CultureInfo.InvariantCulture, $"{value >> 8:x2}:{(value >> 3) & 31:x2}.{value & 7}");
}
