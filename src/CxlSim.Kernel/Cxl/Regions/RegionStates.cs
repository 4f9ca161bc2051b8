namespace CxlSim.Kernel;

/// <summary>The states of a region in words (<c>enum cxl_config_state</c> in <c>drivers/cxl/cxl.h</c>).</summary>
internal static class RegionStates
{
    public static string Word(RegionState state) => state switch
    {
        RegionState.Idle => "idle",
        RegionState.InterleaveActive => "interleave active",
        RegionState.Active => "active",
        RegionState.ResetPending => "reset pending",
        _ => "committed",
    };
}
