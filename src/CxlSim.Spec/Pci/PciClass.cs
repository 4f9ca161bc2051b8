namespace CxlSim.Spec.Pci;

/// <summary>Class codes (PCI Code and ID Assignment 1.16 section 1) as 24 bits: base class, subclass, programming interface.</summary>
public static class PciClass
{
    public const uint HostBridge = 0x060000;
    public const uint PciBridge = 0x060400;

    /// <summary>A CXL memory device: what cxl_pci binds to, whoever made it (CXL r3.1 8.1.12.1).</summary>
    public const uint CxlMemory = 0x050210;
}
