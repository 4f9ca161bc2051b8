using CxlSim.Kernel;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Devices that the boot made no memory of, and regions that still wait for members.</summary>
internal static class UnusedDevices
{
    public static void Report(LinuxKernel kernel, KernelFindings unused)
    {
        foreach (PciDevice pci in MemoryFunctions.All(kernel))
        {
            CxlMemdev? memdev = kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => memdev.Pci == pci);
            if (memdev is { IsBound: true, Endpoint: not null } || IsExplained(kernel, pci))
            {
                continue;
            }

            if (memdev is not null && !memdev.Partitions.Pmem.IsZero && kernel.Cxl.Root is { } root && kernel.Cxl.BridgeOf(root) is null)
            {
                ReportPersistent(memdev, pci, root, unused);
            }
            else
            {
                unused.Report(KernelRules.DeviceUnused, new FunctionPlace(pci.Address), memdev is null ? $"{pci.Name} without a driver" : $"{memdev.Name} without an endpoint");
            }
        }

        ReportIncomplete(kernel, unused);
    }

    private static void ReportIncomplete(LinuxKernel kernel, KernelFindings unused)
    {
        foreach (CxlRegion region in kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.IsAuto && region.TargetCount > 0 && region.TargetCount < region.Ways))
        {
            FindingPlace place = region.Targets.OfType<CxlEndpointDecoder>().First().Memdev.Place;
            if (!kernel.Findings.All.Any(finding => finding.Rule == KernelRules.RegionMember))
            {
                unused.Report(KernelRules.RegionIncomplete, place, $"{region.TargetCount} of the {region.Ways} members of {region.Name}, whose decoders firmware has committed");
            }
        }
    }

    /// <summary>The first window that leads to the device would do, if it allowed persistent memory.</summary>
    private static void ReportPersistent(CxlMemdev memdev, PciDevice pci, CxlPort root, KernelFindings unused)
    {
        CxlDport? bridge = pci.BridgeDport(root);
        CxlRootDecoder? window = root.Decoders.OfType<CxlRootDecoder>().FirstOrDefault(window => bridge is not null && window.Targets.Contains(bridge));
        FieldValue? nearest = window is null
            ? null
            : TablePlace.Of<CedtCfmws>("CEDT", window.CfmwsOffset, nameof(CedtCfmws.Restrictions)).Value("Window Restrictions", (uint)(window.Restrictions | CedtCfmws.RestrictHostOnly | CedtCfmws.RestrictPersistent));
        unused.Report(KernelRules.PersistentWithoutWindow, memdev.Place, $"{memdev.Partitions.Pmem} of persistent capacity of {memdev.Name}", nearest);
    }

    /// <summary>The boot said already what is wrong with the device, or with something that leads to it.</summary>
    private static bool IsExplained(LinuxKernel kernel, PciDevice pci)
    {
        ulong? uid = pci.HostBridge()?.Acpi.Node.Integer("_UID");
        FindingPlace[] way = [.. pci.UpToRoot().Select(function => new FunctionPlace(function.Address)), new BridgePlace(uid)];
        ChbsRecord? chbs = ChbsRecord.ReadAll(kernel.Tables.Find("CEDT") ?? []).FirstOrDefault(chbs => chbs.Bridge.Uid == uid);
        return kernel.Findings.All.Any(finding => way.Contains(finding.Place) || (finding.Place is TablePlace { Signature: "CEDT" } place && chbs?.Holds(place.Offset) == true));
    }
}
