namespace CxlSim.Kernel.Tests;

/// <summary>What users of the cxl bus do, single writes and whole commands.</summary>
internal enum RandomVerb
{
    CreateRegion,
    SetWays,
    SetGranularity,
    SetSize,
    SetMode,
    TakeDpa,
    FreeDpa,
    SetTarget,
    Detach,
    Commit,
    Reset,
    BindRegion,
    UnbindRegion,
    DeleteRegion,
    MakeWholeRegion,
    DestroyWholeRegion,
    UnbindMemdev,
    BindMemdev,
    UnplugDevice,
    RescanBus,

    /// <summary>Everything that was set up; never drawn, it ends a sequence.</summary>
    TakeAllDown,
}
