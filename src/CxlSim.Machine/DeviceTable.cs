using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>The CDAT that a device or a switch gives through its DOE mailbox.</summary>
/// <param name="Owner">The device's id; switches are counted.</param>
/// <param name="Bytes">The table.</param>
/// <param name="Sources">What it came from.</param>
public sealed record DeviceTable(string Owner, ReadOnlyMemory<byte> Bytes, TableSources Sources);
