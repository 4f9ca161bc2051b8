namespace CxlSim.Platform;

/// <summary>A CXL root port and what is plugged into it.</summary>
/// <param name="Device">Device number on the root bus.</param>
/// <param name="Function">Function number.</param>
/// <param name="PortNumber">Port number of its link: the dport id and the byte in a target list.</param>
/// <param name="Hotplug">Firmware keeps address space free below a port that allows hot-plug.</param>
/// <param name="Slot">Number of its slot, as the operating system names it; only where it allows hot-plug.</param>
/// <param name="Child">What is plugged in, or null.</param>
public sealed record RootPortDescription(byte Device, byte Function, byte PortNumber, bool Hotplug, ushort Slot, PciChildDescription? Child);
