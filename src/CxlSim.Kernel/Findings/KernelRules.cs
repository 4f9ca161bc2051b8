namespace CxlSim.Kernel;

/// <summary>Every rule by which Linux refuses or wastes something that a machine has. A number is never given a second meaning.</summary>
public static class KernelRules
{
    /// <summary>Before the rules: each adds itself.</summary>
    private static readonly List<KernelRule> Listed = [];

    private const string Acpi = "drivers/cxl/acpi.c";
    private const string Srat = "drivers/acpi/numa/srat.c";
    private const string Hmat = "drivers/acpi/numa/hmat.c";
    private const string Memblks = "mm/numa_memblks.c";
    private const string NoSrat = "does not use the SRAT, and fakes one node";
    private const string NoHmat = "does not use the HMAT";
    private const string Region = "drivers/cxl/core/region.c";
    private const string Kmem = "drivers/dax/kmem.c";

    public static readonly KernelRule WindowWays = Rule("CXK0001", "the window's ENIW encodes no number of ways", "leaves the window out", Acpi);
    public static readonly KernelRule WindowArithmetic = Rule("CXK0002", "the window's interleave arithmetic is unknown", "leaves the window out", Acpi);
    public static readonly KernelRule WindowBase = Rule("CXK0003", "the window's base is not a multiple of 256 MiB", "leaves the window out", Acpi);
    public static readonly KernelRule WindowSize = Rule("CXK0004", "the window's size is not a multiple of 256 MiB", "leaves the window out", Acpi);
    public static readonly KernelRule WindowLength = Rule("CXK0005", "the window's structure is too short for its targets", "leaves the window out", Acpi);
    public static readonly KernelRule WindowGranularity = Rule("CXK0006", "the window's HBIG encodes no granularity", "leaves the window out", Acpi);
    public static readonly KernelRule WindowRange = Rule("CXK0007", "the window is empty or ends behind the address space", "leaves the window out", Acpi);
    public static readonly KernelRule XorMapsMissing = Rule("CXK0008", "no CXIMS has the granularity of an XOR window", "leaves the window out", Acpi);
    public static readonly KernelRule XorMapsTooFew = Rule("CXK0009", "the CXIMS has fewer maps than the window's ways need", "leaves the window out", Acpi);
    public static readonly KernelRule XorMapsGranularity = Rule("CXK0010", "a CXIMS encodes no granularity", "leaves the window out", Acpi);
    public static readonly KernelRule WindowTarget = Rule("CXK0011", "a target of the window is no host bridge that Linux has taken", "leaves the window out", Acpi);
    public static readonly KernelRule BridgeUid = Rule("CXK0012", "a host bridge has no _UID", "does not bind the driver of the CXL root: there is no CXL at all", Acpi);
    public static readonly KernelRule BridgeWithoutChbs = Rule("CXK0013", "a host bridge has no CHBS", "leaves the bridge out", Acpi);
    public static readonly KernelRule ChbsBase = Rule("CXK0014", "the CHBS has no base", "leaves the bridge out", Acpi);
    public static readonly KernelRule ChbsVersion = Rule("CXK0015", "the CHBS is of CXL 1.1 and not as long as an RCRB", "leaves the bridge out", Acpi);

    public static readonly KernelRule DecoderWithoutWindow = Rule("CXK0016", "firmware committed a decoder outside every window", "makes no region of it", Region);
    public static readonly KernelRule RegionMember = Rule("CXK0017", "a committed decoder does not fit the region of its addresses", "leaves the region without it, and does not bring it up", Region);
    public static readonly KernelRule RegionAssembly = Rule("CXK0018", "committed decoders do not make a region together", "does not bring the region up", Region);
    public static readonly KernelRule DecoderRefused = Rule("CXK0019", "the registers of an HDM decoder make no sense", "does not bind its driver to the port", "drivers/cxl/core/hdm.c");
    public static readonly KernelRule PortWithoutDecoders = Rule("CXK0020", "a port that has to decode has no HDM decoders", "does not bind its driver to the port, and takes no memory below it", "drivers/cxl/port.c");
    public static readonly KernelRule NoCxlMem = Rule("CXK0021", "a memory device is not capable of CXL.mem", "does not use its memory", "drivers/cxl/core/pci.c");
    public static readonly KernelRule MediaNotReady = Rule("CXK0022", "a device's media do not become ready in time", "takes the device without its memory", "drivers/cxl/pci.c");
    public static readonly KernelRule KmemNode = Rule("CXK0023", "no proximity domain covers a dax region", "does not make system RAM of it", Kmem, "dev_dax_kmem_probe");
    public static readonly KernelRule BlockAlignment = Rule("CXK0024", "a range begins or ends inside a memory block", "leaves the part out that fills no block", Kmem);
    public static readonly KernelRule KmemAdd = Rule("CXK0025", "memory cannot be added", "does not make system RAM of the range", "mm/memory_hotplug.c", "add_memory_driver_managed");
    public static readonly KernelRule HmemAlignment = Rule("CXK0026", "a soft-reserved range is not a multiple of 2 MiB", "makes no dax device of it", "drivers/dax/hmem/hmem.c");
    public static readonly KernelRule DeviceUnused = Rule("CXK0027", "no driver uses a CXL memory device", "makes no memory of it", "drivers/cxl/mem.c");
    public static readonly KernelRule RegionIncomplete = Rule("CXK0028", "a region that firmware committed has not all its members", "waits for the rest, and does not bring the region up", Region);
    public static readonly KernelRule SoftReservedUnused = Rule("CXK0029", "soft-reserved memory over a window is in no region", "leaves it to the CXL drivers, which make nothing of it", "drivers/dax/hmem/hmem.c");
    public static readonly KernelRule WindowUnbacked = Rule("CXK0030", "a target of a window has no memory device", "cannot make a region in the window", Region);
    public static readonly KernelRule CapacityStranded = Rule("CXK0031", "devices have more capacity than windows have room", "has no addresses for the rest", Region);
    public static readonly KernelRule PersistentWithoutWindow = Rule("CXK0032", "a device has persistent capacity, and no window allows it", "does not bind its driver to the device, and leaves its volatile memory as well", "drivers/cxl/mem.c");
    public static readonly KernelRule RecordLength = Rule("CXK0033", "a record of a table has length zero", "reads none of what stands behind it; if it is the CEDT, does not bind the driver of the CXL root: there is no CXL at all", "lib/fw_table.c");
    public static readonly KernelRule SratRecordLength = Rule("CXK0034", "a record of the SRAT has a wrong length", NoSrat, Srat);
    public static readonly KernelRule SratDomain = Rule("CXK0035", "a proximity domain of the SRAT is too large", NoSrat, Srat);
    public static readonly KernelRule SratApicId = Rule("CXK0036", "an x2APIC id of the SRAT is that of no CPU", "passes the record over", "arch/x86/mm/srat.c");
    public static readonly KernelRule SratInitiator = Rule("CXK0037", "a generic initiator of the SRAT cannot be taken", "takes no CPU and no initiator behind it", Srat);
    public static readonly KernelRule SratWithoutMemory = Rule("CXK0038", "the SRAT has no memory", NoSrat, Srat);
    public static readonly KernelRule SratRange = Rule("CXK0039", "a range of the SRAT ends behind the address space", "gives the range no node", Memblks);
    public static readonly KernelRule NodesOverlap = Rule("CXK0040", "two proximity domains claim the same RAM", NoSrat, Memblks);
    public static readonly KernelRule RamWithoutNode = Rule("CXK0041", "RAM of a mebibyte or more belongs to no proximity domain", NoSrat, Memblks);
    public static readonly KernelRule SlitDistance = Rule("CXK0042", "a distance of the SLIT is not what it has to be: 10 on the diagonal, more elsewhere", "does not use the SLIT", Srat);
    public static readonly KernelRule SlitLength = Rule("CXK0043", "the SLIT is shorter than its number of localities needs", "reads distances from behind the table", Srat);
    public static readonly KernelRule NoDomainLeft = Rule("CXK0044", "no proximity domain is left for a window", "gives this window and those behind it no node", Srat);
    public static readonly KernelRule HmatRevision = Rule("CXK0045", "the HMAT has an unknown revision", NoHmat, Hmat);
    public static readonly KernelRule HmatRecordLength = Rule("CXK0046", "a record of the HMAT has a wrong length", NoHmat, Hmat);
    public static readonly KernelRule HmatDomain = Rule("CXK0047", "the HMAT names a proximity domain that the SRAT has not", NoHmat, Hmat);
    public static readonly KernelRule HmatRange = Rule("CXK0048", "memory records of one proximity domain overlap", "does not keep the second for performance data", Hmat);
    public static readonly KernelRule DramDiffers = Rule("CXK0049", "nodes of DRAM differ by more than a tenth", "does not sort memory into tiers by the HMAT", "mm/memory-tiers.c");
    public static readonly KernelRule EfiEntry = Rule("CXK0050", "an entry of the EFI memory map makes no sense", "takes the entry out", "arch/x86/platform/efi/efi.c");
    public static readonly KernelRule CmaNode = Rule("CXK0051", "a CMA area is asked for on a node that has no memory at boot", "makes no area there", "kernel/dma/contiguous.c");
    public static readonly KernelRule MemoryLost = Rule("CXK0200", "memory is online that no committed decoder leads to", "loses what it stores there, its own page structures as well", "mm/memory_hotplug.c");

    public static readonly KernelRule DecoderKept = Rule("CXK0202", "a region gets a decoder that is committed for something else", "leaves the decoder as it is, and takes the region to be committed", "drivers/cxl/core/hdm.c");
    public static readonly KernelRule WindowOverlap = Rule("CXK0203", "a window overlaps another, and neither lies in the other", "leaves the window out", Acpi);
    public static readonly KernelRule TableLength = Rule("CXK0204", "a dumped table has more or fewer bytes than its header says", "goes by the header: leaves the rest unread, or takes what lies behind for part of the table", "drivers/acpi/acpica/tbdata.c");
    public static readonly KernelRule SeveralTables = Rule("CXK0205", "two dumped tables have one signature, and other bytes", "takes the first that the XSDT names", "drivers/acpi/acpica/tbxface.c");
    public static readonly KernelRule WindowBeyondCpu = Rule("CXK0206", "a window ends behind what the CPU can address", "gives it no line in /proc/iomem, and cannot use what of it lies behind that end: kmem and device_dax answer EBUSY", "kernel/resource.c");
    public static readonly KernelRule NoEcam = Rule("CXK0210", "no ECAM of the MCFG covers the buses of a CXL host bridge", "reads no extended configuration space below it, and finds no CXL devices, and ports without registers", "arch/x86/pci/acpi.c");

    public static readonly KernelRule DaxRegionConflict = Rule("CXK0211", "two dax regions share addresses", "refuses the later one with ENOMEM", "drivers/dax/bus.c", "alloc_dax_region");

    public static readonly KernelRule DecoderLocked = Rule("CXK0214", "a decoder that is taken out is locked", "takes it to be free, while the hardware decodes as before", "drivers/cxl/core/hdm.c", "cxl_decoder_reset");

    public static readonly KernelRule RecoveryFailed = Rule("CXK0217", "a memdev does not survive an error", "takes its driver away and does not get it back, so that its endpoint and regions are gone", "drivers/cxl/pci.c", "cxl_slot_reset");

    public static readonly KernelRule BridgeDomain = Rule("CXK0218", "the _PXM of a host bridge is of no node that is online", "takes what lies below the bridge to be near to no node: numa_node is -1", "drivers/acpi/pci_root.c", "pci_acpi_scan_root");

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<KernelRule> All => Listed;

    private static KernelRule Rule(string number, string title, string effect, string source, string function = "")
    {
        KernelRule rule = new(number, title, effect, source) { Function = function };
        Listed.Add(rule);
        return rule;
    }
}
