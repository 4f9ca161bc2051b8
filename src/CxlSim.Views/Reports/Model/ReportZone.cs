using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A zone of a node.</summary>
/// <param name="Name">As /proc/zoneinfo prints it.</param>
/// <param name="Span">From its first page to its last, holes included.</param>
/// <param name="Present">Memory that is there.</param>
/// <param name="Managed">Memory that the page allocator has.</param>
/// <param name="Free">Memory that nobody uses.</param>
public sealed record ReportZone(string Name, AddressRange Span, ByteSize Present, ByteSize Managed, ByteSize Free);
