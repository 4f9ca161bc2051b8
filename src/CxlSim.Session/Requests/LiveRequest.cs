using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A request to a <see cref="LiveMachine"/>: somebody waits for it, and must hear when it will never be served.</summary>
public abstract class LiveRequest : Request
{
    /// <summary>Whether virtual time runs until it is done. One that only waits for something, such as the next line of the log, lets others go on.</summary>
    public bool TakesTime { get; init; }

    /// <summary>What a recording keeps of it; null for one that changes nothing.</summary>
    public RecordedCall? Recorded { get; init; }

    internal abstract void Abandon();
}
