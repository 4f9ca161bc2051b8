namespace CxlSim.Kernel;

/// <summary>Every rule by which Linux refuses or wastes something that a machine has. A number is never given a second meaning.</summary>
public static class KernelRules
{
    /// <summary>Before the rules: each adds itself.</summary>
    private static readonly List<KernelRule> Listed = [];

    private const string Acpi = "drivers/cxl/acpi.c";
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
    public static readonly KernelRule XorMapsGranularity = Rule("CXK0010", "a CXIMS before the one that is needed encodes no granularity", "leaves the window out", Acpi);
    public static readonly KernelRule WindowTarget = Rule("CXK0011", "a target of the window is no host bridge that Linux has taken", "leaves the window out", Acpi);
    public static readonly KernelRule BridgeUid = Rule("CXK0012", "a host bridge has no _UID", "does not find its registers and leaves the bridge out", Acpi);
    public static readonly KernelRule BridgeWithoutChbs = Rule("CXK0013", "a host bridge has no CHBS", "leaves the bridge out", Acpi);
    public static readonly KernelRule ChbsBase = Rule("CXK0014", "the CHBS has no base", "leaves the bridge out", Acpi);
    public static readonly KernelRule ChbsVersion = Rule("CXK0015", "the CHBS is of a version that is not modelled", "leaves the bridge out", Acpi);

    public static readonly KernelRule DecoderWithoutWindow = Rule("CXK0016", "firmware committed a decoder outside every window", "makes no region of it", Region);
    public static readonly KernelRule RegionMember = Rule("CXK0017", "a committed decoder does not fit the region of its addresses", "leaves the region without it, and does not bring it up", Region);
    public static readonly KernelRule RegionAssembly = Rule("CXK0018", "committed decoders do not make a region together", "does not bring the region up", Region);
    public static readonly KernelRule DecoderRefused = Rule("CXK0019", "the registers of an HDM decoder make no sense", "does not bind its driver to the port", "drivers/cxl/core/hdm.c");
    public static readonly KernelRule PortWithoutDecoders = Rule("CXK0020", "a port that has to decode has no HDM decoders", "does not bind its driver to the port, and takes no memory below it", "drivers/cxl/port.c");
    public static readonly KernelRule NoCxlMem = Rule("CXK0021", "a memory device is not capable of CXL.mem", "does not use its memory", "drivers/cxl/core/pci.c");
    public static readonly KernelRule MediaNotReady = Rule("CXK0022", "a device's media do not become ready in time", "takes the device without its memory", "drivers/cxl/pci.c");
    public static readonly KernelRule KmemNode = Rule("CXK0023", "no proximity domain covers a dax region", "does not make system RAM of it", Kmem);
    public static readonly KernelRule BlockAlignment = Rule("CXK0024", "a range begins or ends inside a memory block", "leaves the part out that fills no block", Kmem);
    public static readonly KernelRule KmemAdd = Rule("CXK0025", "memory cannot be added", "does not make system RAM of the range", "mm/memory_hotplug.c");
    public static readonly KernelRule HmemAlignment = Rule("CXK0026", "a soft-reserved range is not a multiple of 2 MiB", "makes no dax device of it", "drivers/dax/hmem/hmem.c");
    public static readonly KernelRule DeviceUnused = Rule("CXK0027", "no driver uses a CXL memory device", "makes no memory of it", "drivers/cxl/mem.c");
    public static readonly KernelRule RegionIncomplete = Rule("CXK0028", "a region that firmware committed has not all its members", "waits for the rest, and does not bring the region up", Region);
    public static readonly KernelRule SoftReservedUnused = Rule("CXK0029", "soft-reserved memory over a window is in no region", "leaves it to the CXL drivers, which make nothing of it", "drivers/dax/hmem/hmem.c");
    public static readonly KernelRule WindowUnbacked = Rule("CXK0030", "a target of a window has no memory device", "cannot make a region in the window", Region);
    public static readonly KernelRule CapacityStranded = Rule("CXK0031", "devices have more capacity than windows have room", "has no addresses for the rest", Region);
    public static readonly KernelRule PersistentWithoutWindow = Rule("CXK0032", "a device has persistent capacity, and no window allows it", "does not bind its driver to the device, and leaves its volatile memory as well", "drivers/cxl/mem.c");

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<KernelRule> All => Listed;

    private static KernelRule Rule(string number, string title, string effect, string source)
    {
        KernelRule rule = new(number, title, effect, source);
        Listed.Add(rule);
        return rule;
    }
}
