using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A fixed memory window.</summary>
/// <param name="Name">The root decoder that Linux makes of it.</param>
/// <param name="Range">Its addresses.</param>
/// <param name="Ways">Host bridges that it spreads over.</param>
/// <param name="Granularity">Bytes.</param>
/// <param name="Targets">Host bridges in interleave order, as nodes of the topology.</param>
/// <param name="Kinds">What it takes: ram, pmem.</param>
/// <param name="IsXor">Whether XOR arithmetic spreads it.</param>
public sealed record ReportWindow(
    string Name, AddressRange? Range, int Ways, int Granularity, IReadOnlyList<string> Targets, IReadOnlyList<string> Kinds, bool IsXor);
