namespace CxlSim.Platform;

/// <summary>Kinds of event records of a memory device (CXL r3.1 8.2.9.2.1).</summary>
public enum DeviceEventKind
{
    GeneralMedia,
    Dram,
    MemoryModule,
}
