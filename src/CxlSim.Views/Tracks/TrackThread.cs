namespace CxlSim.Views;

/// <summary>A track of things that happened one after the other.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Slices">In the order of time; none begins before the one before it ends.</param>
/// <param name="Instants">In the order of time.</param>
public sealed record TrackThread(string Name, IReadOnlyList<TrackSlice> Slices, IReadOnlyList<TrackInstant> Instants);
