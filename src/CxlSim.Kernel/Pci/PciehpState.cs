namespace CxlSim.Kernel;

/// <summary>Where a slot stands (<c>drivers/pci/hotplug/pciehp.h</c>).</summary>
internal enum PciehpState
{
    Off = 0,
    BlinkingOn = 1,
    BlinkingOff = 2,
    PoweringOn = 3,
    PoweringOff = 4,
    On = 5,
}
