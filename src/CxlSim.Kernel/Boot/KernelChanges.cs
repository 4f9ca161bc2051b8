namespace CxlSim.Kernel;

/// <summary>THE table of which behaviour belongs to which version: whatever differs by version is asked for here, by <see cref="KernelConfig.Has"/>.</summary>
public static class KernelChanges
{
    private static readonly Dictionary<KernelChange, Version> Table = new()
    {
        [KernelChange.UnalignedThreeWayRegions] = new(7, 0), // drivers/cxl/core/region.c
    };

    /// <summary>The first version that has it.</summary>
    public static Version Since(KernelChange change) => Table[change];
}
