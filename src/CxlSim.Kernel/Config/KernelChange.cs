namespace CxlSim.Kernel;

/// <summary>Something that a newer kernel does differently from 6.12, which the recordings show. <see cref="KernelChanges"/> says since when.</summary>
public enum KernelChange
{
    /// <summary>CONFIG_MHP_DEFAULT_ONLINE_TYPE_* say what becomes of hot-added blocks; before, CONFIG_MEMORY_HOTPLUG_DEFAULT_ONLINE only says whether they go online.</summary>
    DefaultOnlineTypes,

    /// <summary>The driver has a device note that it is in use, and shows how often it was not shut down.</summary>
    DirtyShutdownCount,

    /// <summary>A device's capacity is a list of partitions, of which those without capacity are not there; a decoder has one of them or none.</summary>
    PartitionsInOrder,

    /// <summary>The alignment of CXL windows is heeded where the size of memory blocks is chosen.</summary>
    WindowsAdviseBlockSize,

    /// <summary>A node's share in weighted interleaving follows from its bandwidth; before, it is 1.</summary>
    WeightsFromBandwidth,

    /// <summary>A window that gets a node of its own is kept apart from the ranges of SRAT, so the next one does not find it there.</summary>
    WindowNodesAreReserved,

    /// <summary>A member of a region that firmware has committed can be let go while others are awaited; before, it stays until the region goes.</summary>
    StagedMembersLeave,

    /// <summary>Such a member leaves the list when its device goes; before, the list keeps what is no longer there.</summary>
    StagedMembersCancelled,

    /// <summary>The driver's way from DPA to HPA minds a region that does not begin with the first of three bridges.</summary>
    UnalignedThreeWayRegions,

    /// <summary>The memory map is printed with its gaps and other names of types, and lines about its changes use these names too.</summary>
    MapPrintedWithGaps,

    /// <summary>Soft-reserved ranges are kept in a tree of their own and not shown in iomem.</summary>
    SoftReservedApart,

    /// <summary>The driver fsdev_dax takes dax devices for file systems.</summary>
    FsdevDriver,

    /// <summary>The link of a CXL 1.1 device has files at its function.</summary>
    RestrictedLinkShown,

    /// <summary>kmem says how much of a device fills no memory block.</summary>
    KmemTruncationSaid,

    /// <summary>kmem handles a device as a whole: it reserves all ranges before it adds one, has an attribute <c>state</c>, and does not try to remove what it has not added.</summary>
    KmemWholeDevice,

    /// <summary>Windows get nodes only in a kernel with CONFIG_CXL_ACPI.</summary>
    WindowNodesNeedCxlAcpi,

    /// <summary>Soft-reserved ranges in CXL windows wait for devices to be probed; what no region holds then is taken by dax_hmem. Before, they are left to CXL for good.</summary>
    SoftReservedDecidedLate,

    /// <summary>No two dax regions share an address, whoever they belong to.</summary>
    DaxRegionsApart,

    /// <summary>What cannot be attached to a region is said at the level of warnings.</summary>
    AttachFailuresSaid,

    /// <summary>A region is taken back though caches cannot be invalidated; before, the write to <c>commit</c> is refused.</summary>
    ResetsInSpiteOfCaches,

    /// <summary>A port gets a dport with the first memdev below it, and its decoders with the first dport; before, all of them as soon as it has a driver.</summary>
    DportsWithMemdevs,

    /// <summary>What a region knows of its speed renews what its node shows already; before, a node outside HMAT shows it as well.</summary>
    RegionSpeedsRenew,

    /// <summary>The drivers that a memdev, a bridge to libnvdimm and a dax region need are loaded with what makes these.</summary>
    DriversTied,

    /// <summary>A region with a locked decoder cannot be taken back, and no decoder of it is reset.</summary>
    LockedRegionsStay,

    /// <summary>A region shows whether it is locked.</summary>
    RegionsShowLock,

    /// <summary>A reset of the bus is not offered to a function below a port that masks it.</summary>
    MaskedBusResetHidden,

    /// <summary>DRAM that caches a device's memory and adds to it joins the region that firmware made of the device.</summary>
    ExtendedLinearCache,

    /// <summary>A region shows how much of it is such DRAM.</summary>
    ExtendedLinearCacheShown,

    /// <summary>Event records are traced as CXL 3.1 has them: sub-types, component identifiers, counts of corrected errors, more names.</summary>
    TracesOfCxl31,

    /// <summary>What is traced of a place in memory tells the other address that it has behind a cache which is DRAM.</summary>
    CacheAliasTraced,

    /// <summary>Event records are traced as CXL 3.2 has them: logical device and head; sparing of memory has an event of its own.</summary>
    TracesOfCxl32,

    /// <summary>That address of poison lies below the traced one; before, the size of the cache is added to it.</summary>
    PoisonAliasBelow,

    /// <summary>An error of a link that carries CXL is said to be one of CXL; cxl_pci leaves the masks of the RAS registers as they are; words of packets have 0x before them.</summary>
    LinkErrorsOfCxl,

    /// <summary>Errors of ports of CXL have trace events of their own.</summary>
    PortErrorsTraced,

    /// <summary>A broken page that no struct page is of is looked at all the same, and left alone.</summary>
    PagesWithoutStruct,

    /// <summary>Lines that 7.2 has, and those before it not, with other words or for debugging only: lists of poison without records, positions that are tested, dax regions that share addresses.</summary>
    LinesOf72,
}
