namespace CxlSim.Platform;

/// <summary>A way between two ports.</summary>
/// <param name="X">A port, 0x100 for the upstream port, 0xffff for any.</param>
/// <param name="Y">Likewise.</param>
/// <param name="Value">In base units.</param>
public sealed record SslbisEntryDescription(ushort X, ushort Y, ushort Value);
