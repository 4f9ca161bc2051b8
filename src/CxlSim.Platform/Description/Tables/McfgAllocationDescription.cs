namespace CxlSim.Platform;

/// <summary>An allocation of the MCFG (PCI firmware specification 3.3 4.1.2).</summary>
public sealed record McfgAllocationDescription(ulong Base, ushort Segment, byte StartBus, byte EndBus, uint Reserved);
