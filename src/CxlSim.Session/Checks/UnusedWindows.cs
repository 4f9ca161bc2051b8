using CxlSim.Kernel;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Windows that nothing can come of, and those whose regions would lose parts of memory blocks.</summary>
internal static class UnusedWindows
{
    public static void Report(LinuxKernel kernel, KernelFindings unused)
    {
        CxlRegion[] regions = [.. kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.Resource is not null)];
        foreach (CxlRootDecoder window in kernel.Cxl.Root?.Decoders.OfType<CxlRootDecoder>() ?? [])
        {
            if (ReportUnbacked(kernel, window, unused) || regions.Any(region => region.Root == window) || !window.Allows(DecoderMode.Ram))
            {
                continue;
            }

            new BlockLoss(kernel.Memory.BlockSize, window.Entry, unused).Report(window.Range!.Value);
        }

        foreach (E820Entry entry in kernel.E820.Entries.Where(entry => entry.Type == E820Type.SoftReserved))
        {
            bool isTaken = kernel.PlatformBus.Devices.OfType<HmemDevice>().Any(device => device.Range.Overlaps(entry.Range)); // from 7.1 on
            bool isWaiting = !isTaken && kernel.Cxl.Root?.Decoders.Any(window => window.Range!.Value.Overlaps(entry.Range)) == true;
            if (isWaiting && !regions.Any(region => region.Resource!.Range.Overlaps(entry.Range)))
            {
                unused.Report(KernelRules.SoftReservedUnused, new AddressPlace(entry.Range), $"{entry.Range} soft-reserved over a window, and no region there");
            }
        }
    }

    /// <summary>Each bridge has to have a device, for a region takes a share of every one.</summary>
    private static bool ReportUnbacked(LinuxKernel kernel, CxlRootDecoder window, KernelFindings unused)
    {
        CxlDport?[] backed = [.. MemoryFunctions.All(kernel).Select(pci => pci.BridgeDport(window.Port))];
        int empty = window.Targets.ToList().FindIndex(dport => !backed.Contains(dport));
        if (empty >= 0)
        {
            TablePlace place = new("CEDT", window.CfmwsOffset + CedtCfmws.SpecSize + (4 * empty), 4);
            unused.Report(KernelRules.WindowUnbacked, place, $"no memory device below host bridge {window.Targets[empty].PortId}, a target of the window at {window.Range!.Value.Start}");
        }

        return empty >= 0;
    }
}
