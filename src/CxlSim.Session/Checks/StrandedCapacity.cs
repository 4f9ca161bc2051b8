using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Bytes of devices that are in no region, and that no window has room for either. Counted bridge by bridge: a bridge's share of a window is its own.</summary>
internal static class StrandedCapacity
{
    public static void Report(LinuxKernel kernel, KernelFindings unused)
    {
        CxlRootDecoder[] windows = [.. kernel.Cxl.Root?.Decoders.OfType<CxlRootDecoder>() ?? []];
        if (kernel.Findings.All.Any(finding => finding.Rule.Source == KernelRules.WindowBase.Source))
        {
            return; // windows or bridges were left out: what has no room for that reason is said by saying that
        }

        IEnumerable<CxlMemdev> used = kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Where(memdev => memdev is { Endpoint: not null, Pci: not null });
        foreach (IGrouping<CxlDport, CxlMemdev> below in used.GroupBy(memdev => memdev.Pci!.BridgeDport(kernel.Cxl.Root!)!))
        {
            Report(kernel, below.Key, [.. below], windows, unused);
        }
    }

    private static void Report(LinuxKernel kernel, CxlDport bridge, CxlMemdev[] memdevs, CxlRootDecoder[] windows, KernelFindings unused)
    {
        CxlRootDecoder[] leading = [.. windows.Where(window => window.Targets.Contains(bridge))];
        ByteSize ram = Left(memdevs, DecoderMode.Ram);
        ByteSize pmem = Left(memdevs, DecoderMode.Pmem);
        ByteSize roomOfRam = Room(kernel, bridge, leading, window => window.Allows(DecoderMode.Ram) && !window.Allows(DecoderMode.Pmem));
        ByteSize roomOfPmem = Room(kernel, bridge, leading, window => window.Allows(DecoderMode.Pmem) && !window.Allows(DecoderMode.Ram));
        ByteSize roomOfBoth = Room(kernel, bridge, leading, window => window.Allows(DecoderMode.Pmem) && window.Allows(DecoderMode.Ram));
        ByteSize needed = Minus(ram, roomOfRam) + Minus(pmem, roomOfPmem);
        ByteSize lost = Minus(needed, roomOfBoth);
        if (lost.IsZero)
        {
            return;
        }

        FindingPlace place = memdevs.Length == 1 ? memdevs[0].Place : new BridgePlace(unchecked((uint)bridge.PortId));
        string owner = memdevs.Length == 1 ? memdevs[0].Name : $"the {memdevs.Length} devices below host bridge {bridge.PortId}";
        unused.Report(KernelRules.CapacityStranded, place, $"{lost} of {owner} that no window has room for", Nearest(bridge, leading, lost));
    }

    /// <summary>The one window that leads here, grown.</summary>
    private static FieldValue? Nearest(CxlDport bridge, CxlRootDecoder[] leading, ByteSize lost)
    {
        if (leading.Length != 1 || !leading[0].Allows(DecoderMode.Ram) || !leading[0].Allows(DecoderMode.Pmem))
        {
            return null;
        }

        CxlRootDecoder window = leading[0];
        ulong share = (ulong)window.Targets.Count(target => target == bridge);
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes * (ulong)window.Ways;
        ulong missing = ((lost.Bytes / share * (ulong)window.Ways) + unit - 1) / unit * unit;
        ulong size = window.Range!.Value.Size.Bytes;
        TablePlace place = TablePlace.Of<CedtCfmws>("CEDT", window.CfmwsOffset, nameof(CedtCfmws.WindowSize));
        return size <= ulong.MaxValue - missing ? place.Value("Window Size", size + missing) : null;
    }

    private static ByteSize Left(CxlMemdev[] memdevs, DecoderMode mode) => memdevs.Aggregate(ByteSize.Zero, (sum, memdev) => sum + Left(memdev, mode));

    private static ByteSize Left(CxlMemdev memdev, DecoderMode mode)
    {
        IEnumerable<CxlEndpointDecoder> used = memdev.Endpoint!.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.Mode == mode && decoder.ListedIn is not null && decoder.Dpa is not null);
        return Minus(memdev.Partitions.Of(mode), used.Aggregate(ByteSize.Zero, (sum, decoder) => sum + decoder.Dpa!.Size));
    }

    private static ByteSize Room(LinuxKernel kernel, CxlDport bridge, CxlRootDecoder[] leading, Func<CxlRootDecoder, bool> isWanted)
    {
        ByteSize room = ByteSize.Zero;
        foreach (CxlRootDecoder window in leading.Where(isWanted))
        {
            IEnumerable<CxlRegion> regions = kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.Root == window && region.Resource is not null);
            ByteSize free = Minus(window.Range!.Value.Size, regions.Aggregate(ByteSize.Zero, (sum, region) => sum + region.Resource!.Range.Size));
            room += free / (ulong)window.Ways * (ulong)window.Targets.Count(target => target == bridge);
        }

        return room;
    }

    private static ByteSize Minus(ByteSize from, ByteSize size) => from > size ? from - size : ByteSize.Zero;
}
