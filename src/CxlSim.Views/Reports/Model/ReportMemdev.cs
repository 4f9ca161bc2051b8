using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A memory device's own addresses: volatile first, persistent behind it.</summary>
/// <param name="Name">As Linux names it.</param>
/// <param name="Device">The device's name in the platform file; empty where it is in none.</param>
/// <param name="Ram">Bytes of the volatile partition.</param>
/// <param name="Pmem">Bytes of the persistent partition.</param>
/// <param name="Taken">What decoders hold.</param>
public sealed record ReportMemdev(string Name, string Device, ByteSize Ram, ByteSize Pmem, IReadOnlyList<DpaPart> Taken);
