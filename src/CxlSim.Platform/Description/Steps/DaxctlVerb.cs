namespace CxlSim.Platform;

/// <summary>What the tool daxctl can do to dax devices and their memory.</summary>
public enum DaxctlVerb
{
    ReconfigureDevice,
    OnlineMemory,
    OfflineMemory,
    CreateDevice,
    DestroyDevice,
    EnableDevice,
    DisableDevice,

    /// <summary>Several of its calls in a row: make a device smaller, and make devices of what is free then.</summary>
    SplitDevice,
}
