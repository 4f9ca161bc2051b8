namespace CxlSim.Views;

/// <summary>Figures that change with time.</summary>
/// <param name="Name">Of what, with its unit.</param>
/// <param name="Series">A name for each figure of a sample.</param>
/// <param name="Samples">In the order of time; each holds until the next.</param>
public sealed record TrackCounter(string Name, IReadOnlyList<string> Series, IReadOnlyList<TrackSample> Samples);
