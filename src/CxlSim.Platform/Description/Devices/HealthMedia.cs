namespace CxlSim.Platform;

/// <summary>State of a device's media (CXL r3.1 table 8-132, media status).</summary>
public enum HealthMedia : byte
{
    Normal = 0,
    NotReady = 1,
    WritePersistencyLost = 2,
    AllDataLost = 3,
    WritePersistencyLossAtPowerLoss = 4,
    WritePersistencyLossAtShutdown = 5,
    WritePersistencyLossImminent = 6,
    AllDataLossAtPowerLoss = 7,
    AllDataLossAtShutdown = 8,
    AllDataLossImminent = 9,
}
