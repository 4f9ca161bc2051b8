using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>Every diagnostic that reading a platform file can give. docs/DIAGNOSTICS.md is held against it.</summary>
public static class DiagnosticCatalog
{
    public static IReadOnlyList<DiagnosticTitle> All { get; } =
    [
        Error(Cxp.UnreadableFile, "the file cannot be read"),
        Error(Cxp.NotYaml, "the file is not YAML"),
        Error(Cxp.UnknownKey, "unknown key"),
        Error(Cxp.MissingKey, "a key is missing"),
        Error(Cxp.WrongKind, "wrong kind of value: mapping, list or scalar"),
        Error(Cxp.Malformed, "the value is not written as its key expects"),
        Error(Cxp.Overflow, "a number, a size or the end of a range does not fit into 64 bits"),
        Error(Cxp.OutOfRange, "the value is out of range"),
        Error(Cxp.KeyTwice, "a key is there twice"),
        Warning(Cxp.WindowBase, "the window's base is not a multiple of 256 MiB"),
        Error(Cxp.Unsupported, "YAML that platform files do not use: an alias, a tag, several documents, too deep, too long"),
        Warning(Cxp.WindowSize, "the window's size is not a multiple of 256 MiB"),
        Error(Cxp.RangesOverlap, "address ranges overlap"),
        Warning(Cxp.UnknownTarget, "the target is no CXL host bridge"),
        Error(Cxp.Ways, "the number of targets is no legal number of ways"),
        Error(Cxp.Granularity, "illegal interleave granularity"),
        Error(Cxp.SlotTwice, "two functions at one place of a root bus"),
        Warning(Cxp.UidTwice, "two CXL host bridges with one UID"),
        Error(Cxp.BusesOverlap, "bus ranges of host bridges overlap"),
        Error(Cxp.PortTwice, "a port number is there twice below one bridge or switch"),
        Error(Cxp.DeviceIdTwice, "two devices with one id"),
        Error(Cxp.CapacityUnit, "the capacity is not a multiple of 256 MiB"),
        Error(Cxp.NoCapacity, "a device without capacity"),
        Error(Cxp.DramOverlaps, "DRAM ranges overlap"),
        Error(Cxp.DecoderCount, "a number of HDM decoders that the capability register cannot express"),
        Error(Cxp.MailboxPayload, "the mailbox payload is no power of two from 256 B to 1 MiB"),
        Error(Cxp.StepVerb, "a step has no verb, an unknown one or several"),
        Error(Cxp.EfiEntry, "an EFI entry is not made of whole pages"),
        Error(Cxp.Bar, "illegal BAR"),
        Error(Cxp.TooFewBuses, "not enough bus numbers below a host bridge"),
        Warning(Cxp.SratWithoutMemory, "the SRAT has no memory"),
        Warning(Cxp.BridgeWithoutDecoders, "a CXL host bridge with several root ports and no HDM decoders"),
        Warning(Cxp.WindowSizePerWay, "the window's size is not a multiple of 256 MiB for every way"),
        Error(Cxp.ProximityDomainTwice, "a proximity domain is there twice"),
        Error(Cxp.TwoChildren, "two things are plugged into one port"),
        Error(Cxp.NoLowMemory, "too little DRAM below 4 GiB"),
        Warning(Cxp.EfiWithoutDecoders, "the window's EFI entry is never made"),
        Error(Cxp.NoRoomForTables, "the EFI map leaves no room for the ACPI tables"),
        Error(Cxp.XorMapsForModulo, "XOR maps for a window without XOR arithmetic"),
        Warning(Cxp.XorMapsMissing, "fewer XOR maps than the window's ways need"),
        Warning(Cxp.XorMapBit, "the XOR map does not begin at the bit that it decides"),
        Warning(Cxp.XorMapsDiffer, "XOR windows of one granularity have different maps"),
        Error(Cxp.TableTwice, "a table is stated in two ways"),
        Error(Cxp.TableFile, "the file of an ACPI table cannot be read or holds no such table"),
        Warning(Cxp.WindowsOverlap, "windows overlap"),
        Warning(Cxp.EfiOverlap, "EFI entries overlap"),
        Warning(Cxp.WindowOverlaps, "the window lies over DRAM, MMIO or registers"),
        Error(Cxp.FlitsOfRate, "the link is too fast for its flits"),
        Warning(Cxp.KernelUnknown, "the kernel's version is not one that is modelled"),
    ];

    private static DiagnosticTitle Error(string number, string title) => new(number, DiagnosticSeverity.Error, title);

    private static DiagnosticTitle Warning(string number, string title) => new(number, DiagnosticSeverity.Warning, title);
}
