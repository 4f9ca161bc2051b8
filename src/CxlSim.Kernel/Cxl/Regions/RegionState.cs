namespace CxlSim.Kernel;

/// <summary>How far a region has come (<c>enum cxl_config_state</c>); the order counts.</summary>
public enum RegionState
{
    /// <summary>Everything may change.</summary>
    Idle,

    /// <summary>It has addresses; ways and granularity are fixed, members may be attached.</summary>
    InterleaveActive,

    /// <summary>All members are attached and all ports worked out; it may be committed.</summary>
    Active,

    /// <summary>It is being taken down.</summary>
    ResetPending,

    /// <summary>The decoders are programmed.</summary>
    Commit,
}
