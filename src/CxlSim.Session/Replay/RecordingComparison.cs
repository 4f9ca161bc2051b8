using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Holds a run against what was recorded of it, point by point.</summary>
/// <param name="simulation">The run.</param>
/// <param name="hash">Its trace; null where hashes are not looked at.</param>
internal sealed class RecordingComparison(Simulation simulation, TraceHash? hash)
{
    private long _sameUntil;

    /// <summary>What is not as it was recorded, and between which events it came; null where nothing is.</summary>
    public string? Difference { get; private set; }

    /// <summary>Says that the run cannot go on as it was recorded.</summary>
    public void Refuse(string difference) => Difference = difference;

    /// <summary>Compares where the run stands; false where it differs.</summary>
    /// <param name="number">How many events had been handled.</param>
    /// <param name="time">In picoseconds.</param>
    /// <param name="trace">The trace's hash; null where nobody counted.</param>
    public bool Compare(long number, long time, string? trace)
    {
        if (simulation.EventNumber != number)
        {
            Difference = $"between events {_sameUntil} and {number}: this run stands at event {simulation.EventNumber}, and was recorded at event {number}";
        }
        else if (simulation.Now.Picoseconds != time)
        {
            Difference = $"between events {_sameUntil} and {number}: this run stands at {simulation.Now.Picoseconds} ps, and was recorded at {time} ps";
        }
        else if (hash is not null && trace is not null && trace != hash.Current)
        {
            Difference = $"between events {_sameUntil} and {number}: the trace up to there has the hash {hash.Current}, and was recorded with {trace}";
        }

        _sameUntil = number;
        return Difference is null;
    }
}
