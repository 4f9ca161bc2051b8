namespace CxlSim.Kernel;

/// <summary>Every rule by which Linux refuses or wastes something that a machine has. A number is never given a second meaning.</summary>
public static class KernelRules
{
    /// <summary>Before the rules: each adds itself.</summary>
    private static readonly List<KernelRule> Listed = [];

    private const string Acpi = "drivers/cxl/acpi.c";

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

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<KernelRule> All => Listed;

    private static KernelRule Rule(string number, string title, string effect, string source)
    {
        KernelRule rule = new(number, title, effect, source);
        Listed.Add(rule);
        return rule;
    }
}
