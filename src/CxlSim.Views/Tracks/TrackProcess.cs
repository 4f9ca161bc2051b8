namespace CxlSim.Views;

/// <summary>A group of tracks that a viewer folds together.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Threads">Tracks with slices and instants, from above.</param>
/// <param name="Counters">Tracks with figures; no two of one name.</param>
public sealed record TrackProcess(string Name, IReadOnlyList<TrackThread> Threads, IReadOnlyList<TrackCounter> Counters);
