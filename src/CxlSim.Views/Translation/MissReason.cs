using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Why nothing answers, in a few words.</summary>
public static class MissReason
{
    public const string NoWindow = "no window claims it";

    /// <summary>Of an address; only for a miss.</summary>
    public static string Of(RouteStory story)
    {
        RouteLevel level = story.Levels[^1];
        string unit = story.Device?.Name ?? level.Unit;
        return level.Outcome switch
        {
            RouteOutcome.NoWindow => NoWindow,
            RouteOutcome.NoTarget when level.IsPassthrough => $"{unit} leads nowhere",
            RouteOutcome.NoTarget => FormattableString.Invariant($"target {level.Position} of {level.Decoder!.Unit} leads nowhere"),
            RouteOutcome.NoEndpointDecoder when story.Device?.Device.OffSwitch is { } off => $"{unit} decodes nothing: {off} is clear",
            RouteOutcome.NoPortDecoder or RouteOutcome.NoEndpointDecoder => $"no committed decoder of {unit} claims it",
            RouteOutcome.IllegalDecoder => $"{level.Decoder!.Unit} claims it, but {level.Decoder.Fault}",
            RouteOutcome.OverlappingDecoders when story.Levels.Count == 1 => "more than one window claims it",
            RouteOutcome.OverlappingDecoders => $"more than one committed decoder of {unit} claims it",
            _ => $"{level.Decoder!.Unit} leads past the capacity of {unit}, {story.Device!.Device.Capacity}",
        };
    }

    /// <summary>Of a byte; only where no address leads to it.</summary>
    public static string Of(ReverseTranslation found) => found.Address.Value >= found.Device.Device.Capacity.Bytes
        ? $"past the capacity of {found.Device.Name}, {found.Device.Device.Capacity}"
        : "no address leads to it";
}
