namespace CxlSim.Machine;

/// <summary>From DriverProbe on one thing follows from another and may overlap: these are kinds of event, not stretches of time.</summary>
public enum Milestone
{
    CxlAcpiProbe,
    CxlPciProbe,
    PortProbe,
    DecoderEnumeration,
    MemdevProbe,
    RegionAssembly,
    DaxProbe,
    KmemProbe,
    MemoryOnline,
}
