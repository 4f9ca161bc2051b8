namespace CxlSim.Spec.Cxl;

/// <summary>Event logs by severity (CXL r3.1 8.2.9.2.2); also the bit of each in the event status register (8.2.8.3.1).</summary>
public enum EventLogKind : byte
{
    Informational = 0,
    Warning = 1,
    Failure = 2,
    Fatal = 3,
}
