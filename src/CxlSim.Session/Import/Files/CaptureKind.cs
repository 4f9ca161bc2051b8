namespace CxlSim.Session;

/// <summary>What a file of a capture holds.</summary>
internal enum CaptureKind
{
    Unknown,

    /// <summary>An ACPI table, binary.</summary>
    Table,

    /// <summary>ACPI tables as <c>acpidump</c> prints them.</summary>
    TableText,

    /// <summary>What <c>lspci</c> prints, whatever its options.</summary>
    PciList,

    /// <summary>What <c>cxl list</c> prints.</summary>
    CxlList,

    /// <summary>Attributes and links of sysfs: <c>path = value</c>, <c>path -> target</c>.</summary>
    Attributes,

    /// <summary>/proc/iomem.</summary>
    Iomem,

    /// <summary>The firmware's memory map: <c>0x0-0x9ffff System RAM</c>.</summary>
    MemoryMap,

    /// <summary>The EFI memory map as firmware hands it over, descriptor after descriptor.</summary>
    EfiMap,

    /// <summary>The kernel's log.</summary>
    KernelLog,

    /// <summary>/proc/cmdline.</summary>
    CommandLine,

    /// <summary><c>uname -a</c> or /proc/version.</summary>
    KernelVersion,

    /// <summary><c>lsmod</c> or /proc/modules.</summary>
    Modules,

    /// <summary>/proc/cpuinfo.</summary>
    Processors,
}
