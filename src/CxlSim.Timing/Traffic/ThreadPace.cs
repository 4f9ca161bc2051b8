using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>How fast a thread issues.</summary>
/// <param name="Burst">Lines at once; at least 1.</param>
/// <param name="Pause">Between two bursts, on average.</param>
/// <param name="MostReads">Reads that may be under way; at least 1.</param>
/// <param name="Congested">A read that takes longer than this shows a core that too much is under way.</param>
/// <param name="CongestedReads">Reads that may be under way then: prefetchers hold back; at least 1.</param>
/// <param name="MostWrites">Writes that may be under way; at least 1.</param>
public readonly record struct ThreadPace(int Burst, SimDuration Pause, int MostReads, SimDuration Congested, int CongestedReads, int MostWrites);
