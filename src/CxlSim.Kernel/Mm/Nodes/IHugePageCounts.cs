namespace CxlSim.Kernel;

/// <summary>Huge pages of one size on a node, as its meminfo counts them. Unit: huge pages.</summary>
public interface IHugePageCounts
{
    ulong Total { get; }

    /// <summary>Those that nobody uses.</summary>
    ulong Free { get; }
}
