namespace CxlSim.Hardware;

/// <summary>A component that has registers of its own: a host bridge, a port, a device. What a debugger looks through.</summary>
/// <param name="Name">The component's name, as traces have it.</param>
/// <param name="Function">Its configuration space; null for one that is no PCI function.</param>
/// <param name="Blocks">Its memory-mapped registers.</param>
public sealed record HardwareUnit(string Name, PciFunction? Function, IReadOnlyList<HardwareRegisters> Blocks);
