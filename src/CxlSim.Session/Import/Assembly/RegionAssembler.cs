using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Session;

/// <summary>Regions that were there when the capture was made: firmware's, where they are what the model's firmware would program; else steps create them.</summary>
internal sealed class RegionAssembler(ImportSources sources, IReadOnlyDictionary<Bdf, Type3Description> devices)
{
    private readonly ImportFindings _findings = sources.Findings;

    public FirmwareDecoders Decoders { get; private set; }

    public IReadOnlyList<StepDescription> Steps { get; private set; } = [];

    /// <summary>The windows, with what the memory map lists of them.</summary>
    public IReadOnlyList<WindowDescription> Assemble(IReadOnlyList<WindowDescription> windows, IReadOnlyList<EfiEntryDescription> efi, IReadOnlyList<HostBridgeDescription> bridges)
    {
        WindowDescription[] mapped = [.. windows.Select(window => window with { EfiMap = MapOf(window, efi) })];
        RegionFacts[] regions = [.. sources.Cxl.Regions.Values.Where(region => region.IsCommitted && region is { Start: not null, Size: not null })];
        bool isWhole = regions.Length > 0 && Array.TrueForAll(regions, region => Array.Exists(mapped, window => IsWhole(window, region, bridges)));
        if (isWhole || Array.Exists(mapped, window => window.EfiMap != WindowEfiMap.None))
        {
            Decoders = sources.Cxl.IsLocked ? FirmwareDecoders.Locked : FirmwareDecoders.Programmed;
            ReportPartial(mapped, regions, bridges);
            return mapped;
        }

        Steps = [.. regions.Select(region => Step(region, mapped)).OfType<StepDescription>()];
        return mapped;
    }

    private static WindowEfiMap MapOf(WindowDescription window, IReadOnlyList<EfiEntryDescription> efi)
    {
        EfiEntryDescription? entry = efi.FirstOrDefault(entry => entry.Type == EfiMemoryType.Conventional && entry.Range.Overlaps(window.Range));
        return entry is null ? WindowEfiMap.None
            : entry.Attributes.HasFlag(EfiMemoryAttributes.SpecificPurpose) ? WindowEfiMap.SoftReserved
            : WindowEfiMap.Conventional;
    }

    /// <summary>From the window's first byte on, over all volatile capacity below its targets.</summary>
    private static bool IsWhole(WindowDescription window, RegionFacts region, IReadOnlyList<HostBridgeDescription> bridges) =>
        region.Type is null or "ram" && window.Range.Start.Value == region.Start && Capacity(window, bridges) == region.Size;

    private static ulong Capacity(WindowDescription window, IReadOnlyList<HostBridgeDescription> bridges)
    {
        IEnumerable<HostBridgeDescription> targets = bridges.Where(bridge => bridge.Cxl is not null && window.Targets.Contains(bridge.Uid));
        return targets.SelectMany(bridge => bridge.RootPorts).SelectMany(port => Devices(port.Child)).Aggregate(0UL, (sum, device) => sum + device.Volatile.Bytes);
    }

    private static IEnumerable<Type3Description> Devices(PciChildDescription? child) => child switch
    {
        Type3Description device => [device],
        SwitchDescription node => node.Ports.SelectMany(port => Devices(port.Child)),
        _ => [],
    };

    private void ReportPartial(WindowDescription[] windows, RegionFacts[] regions, IReadOnlyList<HostBridgeDescription> bridges)
    {
        foreach (RegionFacts region in regions.Where(region => !Array.Exists(windows, window => IsWhole(window, region, bridges))))
        {
            _findings.NotExpressed($"the region of 0x{region.Size:x} bytes at 0x{region.Start:x} was not over all volatile capacity; the model's firmware programs one region over all of it");
        }
    }

    private CreateRegionStep? Step(RegionFacts region, WindowDescription[] windows)
    {
        AddressRange? range = AddressRange.TryCreate(new Hpa(region.Start!.Value), new ByteSize(region.Size!.Value), out AddressRange whole) ? whole : null;
        int window = range is { } found ? Array.FindIndex(windows, candidate => candidate.Range.Contains(found)) : -1;
        string?[] members = [.. region.Members.Values.Select(IdOf)];
        if (window < 0 || members.Length == 0 || members.Contains(null))
        {
            _findings.NotExpressed($"the region of 0x{region.Size:x} bytes at 0x{region.Start:x} is left out: its window or its members are not in the capture");
            return null;
        }

        _findings.NotExpressed($"the region of 0x{region.Size:x} bytes at 0x{region.Start:x} that was there is created by a step");
        return new CreateRegionStep(
            _findings.Capture,
            FormattableString.Invariant($"decoder0.{window}"),
            region.Type == "pmem" ? "pmem" : "ram",
            [.. members.OfType<string>()],
            new ByteSize(region.Size.Value),
            region.Granularity is <= int.MaxValue and { } granularity ? (int)granularity : null);
    }

    private string? IdOf(string memdev)
    {
        Bdf place = sources.Cxl.Memdevs.FirstOrDefault(entry => entry.Value.Name == memdev).Key;
        return devices.GetValueOrDefault(place)?.Id;
    }
}
