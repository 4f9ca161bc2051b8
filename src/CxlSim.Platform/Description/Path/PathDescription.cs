namespace CxlSim.Platform;

/// <summary>How fast a device is: its link, its controller, its media. Complete: what the file leaves out is the profile's.</summary>
public sealed record PathDescription
{
    /// <summary>The name that the values came from.</summary>
    public required string Profile { get; init; }

    public LinkDescription Link { get; init; } = new();

    /// <summary>What the controller takes of each access, there and back together.</summary>
    public required double ControllerNs { get; init; }

    /// <summary>How soon it takes the next line, whatever it does; zero for at once.</summary>
    public double LineEveryNs { get; init; }

    public MediaDescription Media { get; init; } = new();
}
