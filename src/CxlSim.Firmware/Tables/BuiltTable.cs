using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>A finished table, and what each of its records and fields came from.</summary>
public sealed record BuiltTable(byte[] Bytes, IReadOnlyList<TableSource> Sources);
