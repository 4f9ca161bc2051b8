namespace CxlSim.Conformance;

/// <summary>Which lines of /proc/iomem count.</summary>
public enum IomemScope
{
    /// <summary>Windows, Soft Reserved ranges, hot-added RAM and what lies below them.</summary>
    Cxl,

    /// <summary>Every line: also what firmware, PCI and the kernel image occupy.</summary>
    Whole,
}
