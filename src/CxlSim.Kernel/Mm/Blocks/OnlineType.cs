namespace CxlSim.Kernel;

/// <summary>What is to become of a block, and in which zone (<c>MMOP_*</c>).</summary>
public enum OnlineType
{
    Offline,

    /// <summary>The policy chooses the zone.</summary>
    Online,

    OnlineKernel,
    OnlineMovable,
}
