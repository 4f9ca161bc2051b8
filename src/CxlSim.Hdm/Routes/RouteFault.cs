using System.Globalization;

namespace CxlSim.Hdm;

/// <summary>Something that makes accesses fail, found when the routes are compiled.</summary>
/// <param name="Unit">The window, bridge, switch or device.</param>
/// <param name="Decoder">The decoder's number; null for a window.</param>
/// <param name="Kind">What is wrong.</param>
public readonly record struct RouteFault(string Unit, int? Decoder, RouteFaultKind Kind)
{
    /// <summary>What is wrong, in words that do not say whose it is.</summary>
    public string Reason => Kind switch
    {
        RouteFaultKind.IllegalEncoding => "its ways or its granularity have no legal code",
        RouteFaultKind.ImpossibleRange => "its range is empty or ends past the last address",
        RouteFaultKind.TooManyTargets => "it has more ways than its target list has room for, 8",
        RouteFaultKind.NoSuchTarget => "one of its targets is not there",
        RouteFaultKind.MissingXorMaps => "its ways need more XOR maps than it has",
        RouteFaultKind.Overlap => "its range overlaps another",
        RouteFaultKind.PastCapacity => "its share ends past the device's capacity",
        _ => Kind.ToString(),
    };

    /// <summary>Whose fault it is, and what is wrong.</summary>
    public override string ToString() => Decoder is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Unit} HDM decoder {number}: {Reason}") : $"{Unit}: {Reason}";
}
