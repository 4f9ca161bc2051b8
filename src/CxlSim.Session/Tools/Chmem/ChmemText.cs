using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A step as the call of chmem that it stands for.</summary>
internal static class ChmemText
{
    public static string Of(ChmemStep step)
    {
        string what = step switch
        {
            { Size: { } size } => size.ToString().Replace(" ", string.Empty, StringComparison.Ordinal),
            { Range: { } range } => range.ToString(),
            { Blocks: var (first, last) } => "-b " + (first == last ? Number(first) : $"{Number(first)}-{Number(last)}"),
            _ => string.Empty,
        };
        return $"chmem {(step.IsOnline ? "-e" : "-d")} {what}{(step.Zone is { } zone ? " -z " + zone : string.Empty)}";
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
