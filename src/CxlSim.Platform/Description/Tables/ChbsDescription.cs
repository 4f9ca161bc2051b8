namespace CxlSim.Platform;

/// <summary>What the CEDT says of a host bridge where that is not what the bridge has (CXL r3.1 9.18.1.2). Null: what it has.</summary>
/// <param name="IsWritten">False: the CEDT does not name the bridge.</param>
/// <param name="Uid">In place of the bridge's.</param>
/// <param name="Version">0 for an RCH, 1 for CXL 2.0 or later.</param>
/// <param name="Base">In place of the component registers.</param>
/// <param name="Length">In place of what the version prescribes.</param>
public sealed record ChbsDescription(bool IsWritten, uint? Uid, uint? Version, ulong? Base, ulong? Length);
