namespace CxlSim.Machine;

/// <summary>The stretches of a boot, strictly one after the other. <c>--until</c>, breakpoints and traces use these names.</summary>
public enum Phase
{
    PowerOn,
    FirmwareEnumerate,
    FirmwareTables,
    Handoff,
    MemoryMap,
    NumaNodes,
    ContiguousMemory,
    MemoryTiers,
    AcpiScan,
    PciScan,
    SoftReservedFallback,
    LateInit,
    DriverProbe,
    Running,
}
