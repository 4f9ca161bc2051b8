using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>A kind of number that the HMAT has a record for.</summary>
/// <param name="DataType">Its number.</param>
/// <param name="Unit">What the table counts in.</param>
/// <param name="Key">What an entry of the platform file calls it.</param>
/// <param name="Value">What an entry says; null where it says nothing.</param>
internal sealed record HmatKind(byte DataType, ulong Unit, string Key, Func<HmatEntryDescription, uint?> Value);
