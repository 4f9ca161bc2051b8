namespace CxlSim.Kernel;

/// <summary>Every rule by which Linux answers a call with an error, and those by which the tools do not even try. Numbers go on from <see cref="KernelRules"/>.</summary>
public static class RefusalRules
{
    /// <summary>Before the rules: each adds itself.</summary>
    private static readonly List<KernelRule> Listed = [];

    private const string Chmem = "util-linux: sys-utils/chmem.c";
    private const string Dax = "drivers/dax/bus.c";
    private const string Daxctl = "ndctl: daxctl/device.c";
    private const string Hdm = "drivers/cxl/core/hdm.c";
    private const string Mailbox = "drivers/cxl/core/mbox.c";
    private const string Memdev = "drivers/cxl/core/memdev.c";
    private const string Pci = "drivers/pci/pci.c";
    private const string Port = "drivers/cxl/core/port.c";
    private const string Region = "drivers/cxl/core/region.c";
    private const string Tool = "ndctl: cxl/region.c";
    private const string ToolMemdevs = "ndctl: cxl/memdev.c";
    private const string ToolPorts = "ndctl: cxl/port.c";

    // Files of sysfs and what they read.
    public static readonly KernelRule AttributeMissing = Rule("CXK0052", "there is no such file", "answers ENOENT", "kernfs_iop_lookup", "fs/kernfs/dir.c");
    public static readonly KernelRule AttributeMode = Rule("CXK0053", "the mode of the file does not allow it", "answers EACCES", "kernfs_fop_open", "fs/kernfs/file.c");
    public static readonly KernelRule AttributeDirectory = Rule("CXK0054", "a directory is no attribute", "answers EISDIR", "may_open", "fs/namei.c");
    public static readonly KernelRule NotANumber = Rule("CXK0055", "the value is no number", "answers EINVAL", "kstrtoull", "lib/kstrtox.c");
    public static readonly KernelRule NumberTooLarge = Rule("CXK0056", "the number is too large for its type", "answers ERANGE", "kstrtoull", "lib/kstrtox.c");
    public static readonly KernelRule NotABoolean = Rule("CXK0057", "the value is neither yes nor no", "answers EINVAL", "kstrtobool", "lib/kstrtox.c");
    public static readonly KernelRule ValueRefused = Rule("CXK0058", "the attribute does not take the value", "refuses", "sysfs_kf_write", "fs/sysfs/file.c");
    public static readonly KernelRule BindUnknown = Rule("CXK0059", "the driver cannot have a device of this name", "answers ENODEV", "bind_store", "drivers/base/bus.c");
    public static readonly KernelRule UnbindUnknown = Rule("CXK0060", "the driver is not bound to a device of this name", "answers ENODEV", "unbind_store", "drivers/base/bus.c");
    public static readonly KernelRule BindBusy = Rule("CXK0061", "the device has a driver", "answers EBUSY", "__driver_probe_device", "drivers/base/dd.c");
    public static readonly KernelRule ProbeRefused = Rule("CXK0062", "the driver does not take the device", "refuses", "really_probe", "drivers/base/dd.c");

    // Regions come and go.
    public static readonly KernelRule RegionName = Rule("CXK0063", "the value is no name of a region", "answers EINVAL", "create_region_store", Region);
    public static readonly KernelRule RegionNumber = Rule("CXK0064", "the region's number is not the window's next", "answers EBUSY", "__create_region", Region);
    public static readonly KernelRule RegionUnknown = Rule("CXK0065", "the window has no region of this name", "answers ENODEV", "cxl_find_region_by_name", Region);
    public static readonly KernelRule UuidText = Rule("CXK0066", "the value is no uuid of 36 letters and a newline", "answers EINVAL", "uuid_store", Region);
    public static readonly KernelRule UuidNull = Rule("CXK0067", "the uuid is all zeros", "answers EINVAL", "uuid_store", Region);
    public static readonly KernelRule UuidFixed = Rule("CXK0068", "the uuid of an active region cannot change", "answers EBUSY", "uuid_store", Region);
    public static readonly KernelRule UuidTaken = Rule("CXK0069", "another region has this uuid", "answers EBUSY", "is_dup", Region);

    // Ways, granularity, size.
    public static readonly KernelRule WaysIllegal = Rule("CXK0070", "no decoder has this number of ways", "answers EINVAL", "ways_to_eiw", "drivers/cxl/cxl.h");
    public static readonly KernelRule WaysOfWindow = Rule("CXK0071", "the ways are not the window's times a power of two", "answers EINVAL", "interleave_ways_store", Region);
    public static readonly KernelRule WaysFixed = Rule("CXK0072", "the ways cannot change while the region has addresses", "answers EBUSY", "interleave_ways_store", Region);
    public static readonly KernelRule GranularityIllegal = Rule("CXK0073", "no decoder has this granularity", "answers EINVAL", "granularity_to_eig", "drivers/cxl/cxl.h");
    public static readonly KernelRule GranularityOfWindow = Rule("CXK0074", "the granularity is not the window's, which interleaves", "answers EINVAL", "interleave_granularity_store", Region);
    public static readonly KernelRule GranularityFixed = Rule("CXK0075", "the granularity cannot change while the region has addresses", "answers EBUSY", "interleave_granularity_store", Region);
    public static readonly KernelRule SizeTaken = Rule("CXK0076", "the region has addresses of another size", "answers EBUSY", "alloc_hpa", Region);
    public static readonly KernelRule SizeTooEarly = Rule("CXK0077", "the size comes before ways, granularity or uuid", "answers ENXIO", "alloc_hpa", Region);
    public static readonly KernelRule SizeUnit = Rule("CXK0078", "the size is not a multiple of 256 MiB for every way", "answers EINVAL", "alloc_hpa", Region);
    public static readonly KernelRule SizeRoom = Rule("CXK0079", "the window has no free range of this size", "answers ERANGE", "alloc_hpa", Region);
    public static readonly KernelRule SizeActive = Rule("CXK0080", "an active region keeps its addresses", "answers EBUSY", "free_hpa", Region);

    // Capacity of devices.
    public static readonly KernelRule ModeUnknown = Rule("CXK0081", "a decoder's mode is ram or pmem", "answers EINVAL", "mode_store", Port);
    public static readonly KernelRule ModeEnabled = Rule("CXK0082", "the mode of a committed decoder cannot change", "answers EBUSY", "cxl_dpa_set_mode", Hdm);
    public static readonly KernelRule ModeCapacity = Rule("CXK0083", "the device has no capacity of this mode", "answers ENXIO, since 6.15 EINVAL", "cxl_dpa_set_mode", Hdm);
    public static readonly KernelRule DpaUnit = Rule("CXK0084", "the capacity is not a multiple of 256 MiB", "answers EINVAL", "dpa_size_store", Port);
    public static readonly KernelRule DpaAttached = Rule("CXK0085", "the capacity of a decoder in a region cannot change", "answers EBUSY", "cxl_dpa_free", Hdm);
    public static readonly KernelRule DpaEnabled = Rule("CXK0086", "the capacity of a committed decoder cannot change", "answers EBUSY", "cxl_dpa_free", Hdm);
    public static readonly KernelRule DpaFreeOrder = Rule("CXK0087", "a decoder with a higher number holds capacity", "answers EBUSY", "cxl_dpa_free", Hdm);
    public static readonly KernelRule DpaMode = Rule("CXK0088", "the decoder's mode is not set", "answers EINVAL, since 6.15 EBUSY", "cxl_dpa_alloc", Hdm);
    public static readonly KernelRule DpaRoom = Rule("CXK0089", "the partition has not so much capacity left", "answers ENOSPC", "cxl_dpa_alloc", Hdm);
    public static readonly KernelRule DpaOrder = Rule("CXK0090", "a decoder with a lower number holds no capacity", "answers EBUSY", "__cxl_dpa_reserve", Hdm);

    // Members.
    public static readonly KernelRule TargetUnknown = Rule("CXK0091", "there is no device of this name on the cxl bus", "answers ENODEV", "store_targetN", Region);
    public static readonly KernelRule TargetKind = Rule("CXK0092", "only an endpoint decoder can be a member", "answers EINVAL", "store_targetN", Region);
    public static readonly KernelRule MemberInterleave = Rule("CXK0093", "the device cannot interleave in this way", "answers ENXIO", "check_interleave_cap", Region);
    public static readonly KernelRule MemberMode = Rule("CXK0094", "the decoder's mode is not the region's", "answers EINVAL, since 6.15 ENODEV where it has none", "cxl_region_attach", Region);
    public static readonly KernelRule RegionActive = Rule("CXK0095", "the region has all its members", "answers EBUSY", "cxl_region_attach", Region);
    public static readonly KernelRule RegionWithoutSize = Rule("CXK0096", "the region has no size yet", "answers ENXIO", "cxl_region_attach", Region);
    public static readonly KernelRule RegionFull = Rule("CXK0097", "the region has as many members as ways", "answers EINVAL", "cxl_region_attach", Region);
    public static readonly KernelRule MemberType = Rule("CXK0098", "the decoder is not for host-only memory", "answers ENXIO", "cxl_region_attach", Region);
    public static readonly KernelRule MemberWithoutDpa = Rule("CXK0099", "the decoder holds no capacity", "answers ENXIO", "cxl_region_attach", Region);
    public static readonly KernelRule MemberShare = Rule("CXK0100", "the decoder's capacity times the ways is not the region's size", "answers EINVAL", "cxl_region_attach", Region);
    public static readonly KernelRule PositionRange = Rule("CXK0101", "the region has no such position", "answers ENXIO", "cxl_region_validate_position", Region);
    public static readonly KernelRule PositionTaken = Rule("CXK0102", "the position has a member", "answers EBUSY", "cxl_region_validate_position", Region);
    public static readonly KernelRule MemdevTwice = Rule("CXK0103", "the device is a member at another position", "answers EBUSY", "cxl_region_validate_position", Region);
    public static readonly KernelRule PositionBridge = Rule("CXK0104", "the window has another host bridge at this position", "answers ENXIO", "cxl_region_attach_position", Region);
    public static readonly KernelRule AddressOrder = Rule("CXK0105", "a region at higher addresses uses the port", "answers EBUSY", "alloc_region_ref", Region);
    public static readonly KernelRule PortDecoder = Rule("CXK0106", "the port's next decoder is not free", "answers EBUSY", "cxl_rr_alloc_decoder", Region);
    public static readonly KernelRule DecoderAttached = Rule("CXK0107", "the decoder belongs to another region", "answers EBUSY", "cxl_rr_alloc_decoder", Region);
    public static readonly KernelRule MemberTracked = Rule("CXK0108", "the decoder is a member at this position", "answers EBUSY", "cxl_port_attach_region", Region);
    public static readonly KernelRule PortTargetsExceeded = Rule("CXK0109", "the members need more targets than the port's decoder has", "answers ENXIO", "cxl_port_attach_region", Region);
    public static readonly KernelRule MixedHosts = Rule("CXK0110", "members below CXL 1.1 hosts do not mix with others", "answers ENXIO", "cxl_region_setup_targets", Region);
    public static readonly KernelRule PortTargetCount = Rule("CXK0111", "a port has to spread over a number of targets that is no power of two", "answers EINVAL", "cxl_port_setup_targets", Region);
    public static readonly KernelRule PortGranularity = Rule("CXK0112", "a port would need an illegal granularity", "answers EINVAL", "cxl_port_setup_targets", Region);
    public static readonly KernelRule PortWays = Rule("CXK0113", "a port would need more ways than its decoder has targets", "answers ENXIO", "cxl_port_setup_targets", Region);
    public static readonly KernelRule PortInterleave = Rule("CXK0114", "a port cannot interleave in this way", "answers ENXIO", "cxl_port_setup_targets", Region);
    public static readonly KernelRule PortTargetsFull = Rule("CXK0115", "a port has no target left for the member", "answers ENXIO", "cxl_port_setup_targets", Region);
    public static readonly KernelRule PortPeer = Rule("CXK0116", "members below one port are not in its order", "answers ENXIO", "check_last_peer", Region);

    // Regions that firmware committed.
    public static readonly KernelRule AutoState = Rule("CXK0117", "the decoder is not one that firmware has committed", "answers EINVAL", "cxl_region_attach_auto", Region);
    public static readonly KernelRule AutoPosition = Rule("CXK0118", "no decoder on the way leads the region's addresses to the member", "answers ENXIO", "cxl_calc_interleave_pos", Region);
    public static readonly KernelRule MemberGone = Rule("CXK0119", "a member is not where the region counts it", "stops the writer", "cxl_region_attach", Region);
    public static readonly KernelRule AutoTarget = Rule("CXK0120", "a port's committed target list is not in the members' order", "answers ENXIO", "cxl_port_setup_targets", Region);
    public static readonly KernelRule AutoPort = Rule("CXK0121", "a port is committed otherwise than Linux would", "answers ENXIO", "cxl_port_setup_targets", Region);

    // Commit, and what drives a region.
    public static readonly KernelRule CommitIncomplete = Rule("CXK0122", "the region is not complete", "answers ENXIO", "commit_store", Region);
    public static readonly KernelRule CommitOrder = Rule("CXK0123", "the port's decoders are committed in order", "answers EBUSY", "cxl_decoder_commit", Hdm);
    public static readonly KernelRule CommitError = Rule("CXK0124", "the hardware does not commit the decoder", "answers EIO", "cxld_await_commit", Hdm);
    public static readonly KernelRule CommitTimeout = Rule("CXK0125", "the hardware does not answer whether it committed", "answers ETIMEDOUT", "cxld_await_commit", Hdm);
    public static readonly KernelRule RegionNotCommitted = Rule("CXK0126", "the region is not committed", "answers ENXIO", "cxl_region_probe", Region);
    public static readonly KernelRule PmemBridge = Rule("CXK0127", "there is no libnvdimm to hand a persistent region to", "answers ENXIO", "devm_cxl_add_pmem_region", "drivers/cxl/core/pmem.c");

    // Dax devices.
    public static readonly KernelRule DaxSizeUnit = Rule("CXK0128", "the size is not a multiple of the device's alignment", "answers EINVAL", "size_store", Dax);
    public static readonly KernelRule DaxRegionIdle = Rule("CXK0129", "the driver of the dax region is gone", "answers ENXIO", "size_store", Dax);
    public static readonly KernelRule DaxBound = Rule("CXK0130", "a dax device with a driver does not change", "answers EBUSY", "size_store", Dax);
    public static readonly KernelRule DaxRoom = Rule("CXK0131", "the dax region has not so much left", "answers ENOSPC", "dev_dax_resize", Dax);
    public static readonly KernelRule DaxMappingText = Rule("CXK0132", "the value is no range", "answers EINVAL", "range_parse", Dax);
    public static readonly KernelRule DaxMappingTaken = Rule("CXK0133", "the range is not free in the dax region", "answers ENOMEM", "alloc_dev_dax_range", Dax);
    public static readonly KernelRule DaxAlignUnit = Rule("CXK0134", "an alignment is 4 KiB, 2 MiB or 1 GiB", "answers EINVAL", "align_store", Dax);
    public static readonly KernelRule DaxAlignRange = Rule("CXK0135", "a range of the device is not a multiple of the alignment", "answers EINVAL", "dev_dax_validate_align", Dax);
    public static readonly KernelRule DaxMemmap = Rule("CXK0136", "the kernel was not booted for struct pages on hot-added memory", "answers EOPNOTSUPP", "memmap_on_memory_store", Dax);
    public static readonly KernelRule DaxMemmapBound = Rule("CXK0137", "memory in use keeps its struct pages where they are", "answers EBUSY", "memmap_on_memory_store", Dax);
    public static readonly KernelRule DaxCreateCount = Rule("CXK0138", "dax devices are created one by one", "answers EINVAL", "create_store", Dax);
    public static readonly KernelRule DaxCreateRoom = Rule("CXK0139", "the dax region has nothing left for a device", "answers ENOSPC", "create_store", Dax);
    public static readonly KernelRule DaxDeleteUnknown = Rule("CXK0140", "the dax region has no device of this name", "answers ENXIO", "delete_store", Dax);
    public static readonly KernelRule DaxDeleteBusy = Rule("CXK0141", "only an unbound, empty device other than the first can go", "answers EBUSY", "delete_store", Dax);
    public static readonly KernelRule DaxName = Rule("CXK0142", "the value is no name of a dax device", "answers EINVAL", "do_id_store", Dax);
    public static readonly KernelRule DaxEmpty = Rule("CXK0143", "a dax device of size 0 is of no use to a driver", "answers ENXIO", "dax_bus_probe", Dax);
    public static readonly KernelRule DaxRange = Rule("CXK0144", "the range of the dax device is taken in iomem", "answers EBUSY", "dev_dax_kmem_probe", "drivers/dax/kmem.c");
    public static readonly KernelRule KmemTooSmall = Rule("CXK0145", "the dax device fills no memory block", "answers EINVAL", "dev_dax_kmem_probe", "drivers/dax/kmem.c");

    // Memory blocks.
    public static readonly KernelRule BlockWord = Rule("CXK0146", "the value is no state of memory", "answers EINVAL", "state_store", "drivers/base/memory.c");
    public static readonly KernelRule BlockState = Rule("CXK0147", "the block has that state already", "answers EINVAL", "state_store", "drivers/base/memory.c");
    public static readonly KernelRule BlockZones = Rule("CXK0148", "pages of the block are in more than one zone", "answers EINVAL", "offline_pages", "mm/memory_hotplug.c");
    public static readonly KernelRule BlockHoles = Rule("CXK0149", "the block has holes", "answers EINVAL", "offline_pages", "mm/memory_hotplug.c");
    public static readonly KernelRule BlockKernelPages = Rule("CXK0150", "the block holds pages that cannot be moved", "answers EBUSY", "offline_pages", "mm/memory_hotplug.c");
    public static readonly KernelRule OnlineWord = Rule("CXK0151", "the value is no policy for new memory", "answers EINVAL", "auto_online_blocks_store", "drivers/base/memory.c");

    // Media.
    public static readonly KernelRule SanitizeBusy = Rule("CXK0152", "a device with a committed decoder is not sanitized", "answers EBUSY", "cxl_mem_sanitize", Mailbox);
    public static readonly KernelRule SanitizeWord = Rule("CXK0153", "sanitize and erase take only yes", "answers EINVAL", "security_{sanitize,erase}_store", Memdev);
    public static readonly KernelRule PoisonWord = Rule("CXK0154", "the poison list is read only at a yes, while the device has an endpoint", "answers EINVAL", "cxl_trigger_poison_list", Memdev);
    public static readonly KernelRule PoisonRange = Rule("CXK0155", "the address is behind the device's capacity", "answers EINVAL", "cxl_validate_poison_dpa", Memdev);
    public static readonly KernelRule PoisonLine = Rule("CXK0156", "the address is not a multiple of 64 bytes", "answers EINVAL", "cxl_validate_poison_dpa", Memdev);

    // What the cxl tool refuses by itself.
    public static readonly KernelRule ToolDecoder = Rule("CXK0157", "there is no root decoder of this name", "answers ENOENT", "create_region_validate_config", Tool);
    public static readonly KernelRule ToolMemdev = Rule("CXK0158", "the window does not lead to an active device of this name", "answers ENXIO", "collect_memdevs", Tool);
    public static readonly KernelRule ToolMode = Rule("CXK0159", "the window does not allow memory of this type", "answers EINVAL", "validate_decoder", Tool);
    public static readonly KernelRule ToolFreeDecoder = Rule("CXK0160", "the device has no decoder left", "answers ENXIO", "cxl_memdev_find_decoder", Tool);

    // Pages.
    public static readonly KernelRule BlockPoisoned = Rule("CXK0161", "pages of the block are broken", "answers EHWPOISON", "memory_block_online", "drivers/base/memory.c");
    public static readonly KernelRule BlockBusyPages = Rule("CXK0162", "pages in use find no other place", "tries again until a signal comes: EINTR", "offline_pages", "mm/memory_hotplug.c");
    public static readonly KernelRule MemmapRoom = Rule("CXK0163", "there is no room for the struct pages of new memory", "answers ENOMEM", "vmemmap_populate", "mm/sparse-vmemmap.c");
    public static readonly KernelRule PageElsewhere = Rule("CXK0164", "no memory of the kernel is at the address", "answers ENXIO, or EIO where it is not online", "memory_failure", "mm/memory-failure.c");
    public static readonly KernelRule PageBroken = Rule("CXK0165", "the page is known to be broken", "answers EHWPOISON", "memory_failure", "mm/memory-failure.c");
    public static readonly KernelRule PageKernels = Rule("CXK0166", "what the page holds cannot be moved", "answers EBUSY", "memory_failure", "mm/memory-failure.c");
    public static readonly KernelRule TaskNodes = Rule("CXK0167", "none of the policy's nodes has memory", "answers EINVAL", "mpol_set_nodemask", "mm/mempolicy.c");
    public static readonly KernelRule TaskRoom = Rule("CXK0168", "zones that would do have too few free pages", "kills the program", "out_of_memory", "mm/oom_kill.c");
    public static readonly KernelRule TaskHugePages = Rule("CXK0169", "the pool has too few free huge pages", "answers ENOMEM", "hugetlb_reserve_pages", "mm/hugetlb.c");
    public static readonly KernelRule TaskName = Rule("CXK0170", "there is no program of this name", "answers ESRCH", "find_task_by_vpid", "kernel/pid.c");

    // Later ones.
    public static readonly KernelRule SanitizePassphrase = Rule("CXK0171", "a device with a user passphrase is not sanitized, nor a locked one erased", "answers EINVAL", "__cxl_mem_sanitize", Mailbox);
    public static readonly KernelRule BridgeUidTwice = Rule("CXK0172", "two host bridges have one UID", "does not bind the driver of the CXL root: there is no CXL at all", "add_dport", Port);

    // A dax device of kmem as a whole.
    public static readonly KernelRule KmemStateWord = Rule("CXK0173", "the value is no state of a dax device", "answers EINVAL", "state_store", "drivers/dax/kmem.c");
    public static readonly KernelRule KmemStateBusy = Rule("CXK0174", "memory of the device must be unplugged before it goes online otherwise", "answers EBUSY", "state_store", "drivers/dax/kmem.c");

    // What daxctl refuses by itself.
    public static readonly KernelRule DaxctlPolicy = Rule("CXK0175", "the kernel would online the memory by itself", "answers EBUSY", "reconfig_mode_system_ram", Daxctl);
    public static readonly KernelRule DaxctlOnline = Rule("CXK0176", "the device has blocks that are online", "answers EBUSY", "disable_system_ram_device", Daxctl);
    public static readonly KernelRule DaxctlMode = Rule("CXK0177", "the call is for devices in the other mode", "answers ENXIO", "do_xline, do_xble", Daxctl);
    public static readonly KernelRule DaxctlActive = Rule("CXK0178", "a device with a driver is not destroyed unasked", "answers ENXIO", "dev_destroy", Daxctl);
    public static readonly KernelRule DaxctlOptions = Rule("CXK0179", "the options do not say what to do", "answers EINVAL", "parse_device_options, do_reconfig", Daxctl);

    // Memory that somebody knows of.
    public static readonly KernelRule ProbeAddress = Rule("CXK0180", "no block begins at the address", "answers EINVAL", "probe_store", "drivers/base/memory.c");
    public static readonly KernelRule ProbeTaken = Rule("CXK0181", "something is at the address", "answers EEXIST", "register_memory_resource", "mm/memory_hotplug.c");

    // What other verbs of the cxl tool refuse by themselves.
    public static readonly KernelRule ToolRegionActive = Rule("CXK0182", "a region with a driver is not destroyed unasked", "answers EBUSY", "destroy_region", Tool);
    public static readonly KernelRule ToolMemdevActive = Rule("CXK0183", "a device with committed decoders is not disabled unasked", "answers EBUSY", "action_disable", ToolMemdevs);
    public static readonly KernelRule ToolPortActive = Rule("CXK0184", "a port with enabled devices below it is not disabled unasked", "answers EBUSY", "action_disable", ToolPorts);
    public static readonly KernelRule ToolNoEndpoint = Rule("CXK0185", "the device has no endpoint", "answers ENXIO", "__reserve_dpa", ToolMemdevs);
    public static readonly KernelRule ToolCapacity = Rule("CXK0186", "the device has no such free capacity of this type", "answers ENOSPC", "__reserve_dpa", ToolMemdevs);
    public static readonly KernelRule ToolSequence = Rule("CXK0187", "decoders get and lose capacity in their order", "answers EINVAL", "__reserve_dpa", ToolMemdevs);
    public static readonly KernelRule ToolPartition = Rule("CXK0188", "the device cannot divide its capacity so", "answers EINVAL", "validate_partition", ToolMemdevs);

    // What chmem refuses by itself.
    public static readonly KernelRule ChmemUnit = Rule("CXK0189", "the size or range is not a multiple of the memory block size", "answers EINVAL", "parse_parameter", Chmem);
    public static readonly KernelRule ChmemZone = Rule("CXK0190", "the block is not of the zone, or cannot be", "answers EINVAL", "chmem_range", Chmem);
    public static readonly KernelRule ChmemShort = Rule("CXK0191", "there is not so much memory that could change its state", "answers ENOENT", "chmem_size", Chmem);

    // Resets of PCI functions.
    public static readonly KernelRule ResetValue = Rule("CXK0192", "a reset is asked for by 1 only", "answers EINVAL", "reset_store", "drivers/pci/pci-sysfs.c");
    public static readonly KernelRule ResetMethod = Rule("CXK0193", "the function cannot be reset in this way", "answers EINVAL", "reset_method_store", Pci);
    public static readonly KernelRule ResetNone = Rule("CXK0194", "the function has no way to be reset that works", "answers ENOTTY", "__pci_reset_function_locked", Pci);

    // Caches of CPUs.
    public static readonly KernelRule CachesNotInvalidated = Rule("CXK0195", "the CPU cannot invalidate its caches", "answers ENXIO", "cxl_region_invalidate_memregion", Region);

    // What a user does to a region that firmware committed.
    public static readonly KernelRule AutoByHand = Rule("CXK0196", "a region that firmware has committed finds its members by itself", "answers EINVAL", "cxl_region_attach_auto", Region);
    public static readonly KernelRule RegionLocked = Rule("CXK0197", "a locked region cannot be taken back", "answers EPERM", "commit_store", Region);

    // What waits for a sanitize.
    public static readonly KernelRule CommitSanitize = Rule("CXK0198", "decoders are not committed while their device is sanitized", "answers EBUSY", "cxl_decoder_commit", Hdm);

    // What a failed driver leaves.
    public static readonly KernelRule DaxPageMapLeft = Rule("CXK0199", "a dax device whose driver failed once keeps what it left", "answers EINVAL", "dev_dax_probe", "drivers/dax/device.c");

    // A bus that is asked to probe.
    public static readonly KernelRule ProbeUnknown = Rule("CXK0201", "the bus has no device of the name", "answers ENODEV", "drivers_probe_store", "drivers/base/bus.c");

    // Where addresses end.
    public static readonly KernelRule SizeReach = Rule("CXK0207", "what the window has free lies behind what page tables reach", "answers ERANGE", "alloc_hpa", Region);
    public static readonly KernelRule DaxBeyondCpu = Rule("CXK0208", "the range lies behind what the CPU can address", "answers EBUSY", "dev_dax_kmem_probe", "drivers/dax/kmem.c");
    public static readonly KernelRule DaxReach = Rule("CXK0209", "the range ends behind what page tables reach", "answers E2BIG, for device_dax EINVAL", "mhp_range_allowed", "mm/memory_hotplug.c");
    public static readonly KernelRule PmemRegionThere = Rule("CXK0212", "a region has one pmem_region", "answers EEXIST", "devm_cxl_add_pmem_region", Region);
    public static readonly KernelRule DvsecReset = Rule("CXK0213", "a decoder made of a DVSEC range cannot be reset", "stops the writer", "cxl_region_decode_reset", Region);

    // What a failed hotplug leaves.
    public static readonly KernelRule MemmapLeft = Rule("CXK0215", "the range got some struct pages before, and then there was no room for more", "answers EEXIST", "sparse_add_section", "mm/sparse.c");
    public static readonly KernelRule BlockStays = Rule("CXK0216", "the kernel is not built to take memory offline", "answers EINVAL", "offline_pages", "include/linux/memory_hotplug.h");

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<KernelRule> All => Listed;

    private static KernelRule Rule(string number, string title, string effect, string function, string source)
    {
        KernelRule rule = new(number, title, effect, source) { Function = function };
        Listed.Add(rule);
        return rule;
    }
}
