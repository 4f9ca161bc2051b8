namespace CxlSim.Kernel;

/// <summary>THE table of which behaviour belongs to which version: whatever differs by version is asked for here, by <see cref="KernelConfig.Has"/>.</summary>
public static class KernelChanges
{
    private static readonly Dictionary<KernelChange, Version> Table = new()
    {
        [KernelChange.RestrictedLinkShown] = new(6, 13), // drivers/cxl/pci.c
        [KernelChange.DefaultOnlineTypes] = new(6, 14), // mm/Kconfig
        [KernelChange.TracesOfCxl31] = new(6, 14), // drivers/cxl/core/trace.h
        [KernelChange.DirtyShutdownCount] = new(6, 15), // drivers/cxl/pmem.c
        [KernelChange.PartitionsInOrder] = new(6, 15), // drivers/cxl/core/hdm.c
        [KernelChange.ExtendedLinearCache] = new(6, 15), // drivers/cxl/core/region.c, drivers/acpi/numa/hmat.c
        [KernelChange.CacheAliasTraced] = new(6, 15), // drivers/cxl/core/trace.h
        [KernelChange.PortErrorsTraced] = new(6, 15), // drivers/cxl/core/trace.h; seen in 7.2
        [KernelChange.WindowsAdviseBlockSize] = new(6, 16), // drivers/acpi/numa/srat.c, arch/x86/mm/init_64.c
        [KernelChange.WeightsFromBandwidth] = new(6, 16), // mm/mempolicy.c
        [KernelChange.AttachFailuresSaid] = new(6, 16), // drivers/cxl/core/region.c; seen in 7.2
        [KernelChange.KmemTruncationSaid] = new(6, 16), // drivers/dax/kmem.c; seen in 7.2
        [KernelChange.WindowNodesAreReserved] = new(6, 17), // drivers/acpi/numa/srat.c, mm/numa_memblks.c
        [KernelChange.StagedMembersLeave] = new(6, 17), // drivers/cxl/core/region.c
        [KernelChange.ResetsInSpiteOfCaches] = new(6, 17), // drivers/cxl/core/region.c
        [KernelChange.TracesOfCxl32] = new(6, 17), // drivers/cxl/core/trace.h
        [KernelChange.PoisonAliasBelow] = new(6, 18), // drivers/cxl/core/trace.h
        [KernelChange.DportsWithMemdevs] = new(6, 18), // drivers/cxl/core/port.c; seen in 7.2
        [KernelChange.RegionSpeedsRenew] = new(6, 18), // drivers/cxl/core/region.c, drivers/base/node.c; seen in 7.2
        [KernelChange.ExtendedLinearCacheShown] = new(6, 19), // drivers/cxl/core/region.c
        [KernelChange.UnalignedThreeWayRegions] = new(7, 0), // drivers/cxl/core/region.c
        [KernelChange.LockedRegionsStay] = new(7, 0), // drivers/cxl/core/region.c; in 6.19 too, where the lock of a decoder is not recognised
        [KernelChange.MapPrintedWithGaps] = new(7, 0), // arch/x86/kernel/e820.c
        [KernelChange.SoftReservedApart] = new(7, 0), // arch/x86/kernel/e820.c, kernel/resource.c
        [KernelChange.LinkErrorsOfCxl] = new(7, 0), // drivers/pci/pcie/aer.c, drivers/cxl/pci.c; seen in 7.2, since when is not known
        [KernelChange.SoftReservedDecidedLate] = new(7, 1), // drivers/dax/hmem/hmem.c
        [KernelChange.DaxRegionsApart] = new(7, 1), // drivers/dax/bus.c; seen in 7.2
        [KernelChange.FsdevDriver] = new(7, 1), // drivers/dax/fsdev.c
        [KernelChange.StagedMembersCancelled] = new(7, 1), // drivers/cxl/core/region.c
        [KernelChange.RegionsShowLock] = new(7, 1), // drivers/cxl/core/region.c; seen in 7.2
        [KernelChange.MaskedBusResetHidden] = new(7, 1), // drivers/pci/pci.c; seen in 7.2
        [KernelChange.WindowNodesNeedCxlAcpi] = new(7, 1), // drivers/acpi/numa/srat.c
        [KernelChange.DriversTied] = new(7, 1), // drivers/cxl/mem.c, pmem.c, drivers/dax/cxl.c; since when each of them is not looked up, seen in 7.2
        [KernelChange.PagesWithoutStruct] = new(7, 2), // mm/memory-failure.c; seen in 7.2, since when is not known
        [KernelChange.LinesOf72] = new(7, 2), // drivers/cxl/core/mbox.c, region.c; seen in 7.2, since when is not known
        [KernelChange.KmemWholeDevice] = new(7, 3), // drivers/dax/kmem.c; not in 7.2, and in no release yet when this was written
    };

    /// <summary>The first version that has it.</summary>
    public static Version Since(KernelChange change) => Table[change];
}
