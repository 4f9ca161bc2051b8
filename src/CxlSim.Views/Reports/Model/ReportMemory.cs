using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Zones and memory blocks.</summary>
/// <param name="BlockSize">Bytes of a memory block.</param>
/// <param name="Nodes">Nodes that are online, or have blocks.</param>
/// <param name="Runs">Blocks in a row that do not differ, by number.</param>
public sealed record ReportMemory(ByteSize BlockSize, IReadOnlyList<ReportNode> Nodes, IReadOnlyList<BlockRun> Runs);
