using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A region: host addresses that are spread over devices.</summary>
/// <param name="Name">As Linux names it.</param>
/// <param name="Range">Its addresses; null while it has none.</param>
/// <param name="Decoded">Those of them that its decoders decode; null while it has none.</param>
/// <param name="Ways">0 until set.</param>
/// <param name="Granularity">Bytes; 0 until set.</param>
/// <param name="Mode">ram or pmem.</param>
/// <param name="IsCommitted">Whether addresses lead to devices.</param>
/// <param name="Window">The root decoder that it lies in.</param>
/// <param name="Members">By position.</param>
public sealed record ReportRegion(
    string Name, AddressRange? Range, AddressRange? Decoded, int Ways, int Granularity, string Mode, bool IsCommitted, string Window, IReadOnlyList<RegionMember> Members)
{
    /// <summary>The members that pieces of <see cref="Granularity"/> bytes go to in turn, as the committed decoders have it; null where they do not go round.</summary>
    public IReadOnlyList<int>? Turns { get; init; }
}
