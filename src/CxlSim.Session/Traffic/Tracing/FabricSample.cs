using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>What a fabric had done at a time; directions of links are down and up, link by link.</summary>
/// <param name="Time">Since power-on.</param>
/// <param name="Busy">How long each direction was busy since the beginning. Unit: picoseconds.</param>
/// <param name="Waiting">Messages in front of each direction.</param>
/// <param name="Reads">That came to each memory since measuring began.</param>
/// <param name="Writes">The same.</param>
internal sealed record FabricSample(SimTime Time, long[] Busy, int[] Waiting, long[] Reads, long[] Writes);
