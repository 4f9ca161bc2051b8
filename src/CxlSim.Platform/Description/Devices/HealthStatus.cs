namespace CxlSim.Platform;

/// <summary>What a device needs (CXL r3.1 table 8-132, health status).</summary>
[Flags]
public enum HealthStatus : byte
{
    None = 0,
    MaintenanceNeeded = 1 << 0,
    PerformanceDegraded = 1 << 1,
    ReplacementNeeded = 1 << 2,
}
