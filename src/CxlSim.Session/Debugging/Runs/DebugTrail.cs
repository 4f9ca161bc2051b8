namespace CxlSim.Session;

/// <summary>What a story brings, from power-on to where somebody came first: who comes through later finds it written down.</summary>
internal sealed class DebugTrail
{
    /// <summary>Every point.</summary>
    public List<DebugPosition> Points { get; private init; } = [];

    public List<DebugRecord> Records { get; private init; } = [];

    /// <summary>The points at which breakpoints were met.</summary>
    public List<DebugHitPoint> HitPoints { get; private init; } = [];

    /// <summary>Another story from here on.</summary>
    /// <param name="points">How many points it shares.</param>
    /// <param name="records">How many records.</param>
    public DebugTrail Fork(int points, int records) => points == Points.Count && records == Records.Count ? this : new()
    {
        Points = Points[..points],
        Records = Records[..records],
        HitPoints = HitPoints.FindAll(hit => points > 0 && hit.Position <= Points[points - 1]),
    };
}
