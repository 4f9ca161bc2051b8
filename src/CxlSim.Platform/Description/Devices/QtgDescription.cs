namespace CxlSim.Platform;

/// <summary>What <c>_DSM</c> of the CXL root answers to a question for QoS throttling groups (CXL r3.1 9.17.3.1).</summary>
/// <param name="Max">The highest group.</param>
/// <param name="Ids">Groups, best first, whatever the speed.</param>
public sealed record QtgDescription(ushort Max, IReadOnlyList<ushort> Ids);
