namespace CxlSim.Views;

/// <summary>What <c>daxctl list</c> was asked.</summary>
public sealed record DaxctlListOptions
{
    /// <summary>-r: a number, <c>regionN</c>, or <c>all</c>; null lets all pass.</summary>
    public string? RegionFilter { get; init; }

    /// <summary>-d: a name, its two numbers, or <c>all</c>; null lets all pass.</summary>
    public string? DeviceFilter { get; init; }

    public bool Devices { get; init; }

    public bool Regions { get; init; }

    public bool Mappings { get; init; }

    /// <summary>Devices without a size as well.</summary>
    public bool Idle { get; init; }

    public bool Human { get; init; }

    /// <summary>Where no kind is asked for, the filters say which; where there is none, devices.</summary>
    internal DaxctlListOptions Complete() => Devices || Regions ? this : this with { Regions = RegionFilter is not null, Devices = DeviceFilter is not null || RegionFilter is null };
}
