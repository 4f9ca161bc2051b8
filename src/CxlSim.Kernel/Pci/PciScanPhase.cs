using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Root bridges of the namespace, the functions below them, and their address space (<c>drivers/acpi/pci_root.c</c>, <c>drivers/pci/probe.c</c>).</summary>
public sealed class PciScanPhase(KernelCore core, PciBus pciBus)
{
    private const int DevicesPerBus = 32;
    private const int FunctionsPerDevice = 8;

    /// <summary>Root bridges of the namespace.</summary>
    /// <param name="acpiBus">Has the devices of the namespace.</param>
    /// <param name="tables">Has the MCFG.</param>
    public async SimTask RunAsync(Bus acpiBus, AcpiTables tables)
    {
        pciBus.Config.FindEcam(tables);
        if (core.CommandLine.HasOption("pci", "noacpi"))
        {
            return; // no scan handler for root bridges is registered (acpi_pci_root_init)
        }

        foreach (AcpiDevice acpi in acpiBus.Devices.OfType<AcpiDevice>().ToArray())
        {
            if (acpi.Node.HardwareIds().Any(id => id is AcpiIds.PcieHostBridge or AcpiIds.PciHostBridge))
            {
                await AddRootAsync(acpi);
            }
        }
    }

    /// <summary>Bridge windows and BARs take their place below the root bridges' windows (<c>pcibios_resource_survey</c>).</summary>
    public void Survey()
    {
        foreach (PciHostBridge bridge in pciBus.Roots)
        {
            foreach (AddressRange window in bridge.Windows)
            {
                core.Iomem.InsertExpandToFit(new Resource($"PCI Bus {bridge.Segment:x4}:{bridge.BusNumber:x2}", window, ResourceFlags.None));
            }

            Claim(bridge.Functions);
        }
    }

    /// <summary>Functions that nobody knows yet join: all are looked for first, those below ports get addresses, and then drivers (<c>pci_rescan_bus</c>).</summary>
    public async SimTask RescanAsync()
    {
        foreach (PciHostBridge bridge in pciBus.Roots)
        {
            List<(KObject Parent, List<PciDevice> Found)> joined = [];
            Rescan(bridge.Segment, bridge.BusNumber, bridge.LastBus, null, bridge, bridge.Functions, joined);
            foreach ((KObject parent, List<PciDevice> found) in joined)
            {
                if (parent is PciDevice port)
                {
                    Place(port, found);
                }

                Claim(found);
            }

            foreach ((KObject parent, List<PciDevice> found) in joined)
            {
                await PublishAsync(found, parent);
            }
        }
    }

    /// <summary>What a slot holds joins, and gets addresses in the windows of its port; false where nothing answers (<c>pci_scan_slot</c>).</summary>
    internal async SimTask<bool> ScanSlotAsync(PciDevice port)
    {
        byte bus = (byte)port.ReadConfig(PciConfig.SecondaryBus, 1);
        List<PciDevice> found = ScanBus(port.Address.Segment, bus, (byte)port.ReadConfig(PciConfig.SubordinateBus, 1), port, []);
        new BarAssignment(core.Log, [.. BridgeWindows(port)]).Assign(found);
        port.Functions.AddRange(found);
        Claim(found);
        await PublishAsync(found, port);
        return found.Count > 0;
    }

    private async SimTask AddRootAsync(AcpiDevice acpi)
    {
        using FrameScope frame = core.Simulation.Enter("acpi_pci_root_add", acpi.Name);
        IReadOnlyList<AddressRange> windows = CrsReader.Read(acpi.Node.Value("_CRS")?.Buffer ?? [], out (byte First, byte Last)? buses);
        byte first = buses?.First ?? Bits.ByteAt(acpi.Node.Integer("_BBN") ?? 0, 0);
        byte last = buses?.Last ?? byte.MaxValue;
        if (buses is null)
        {
            core.Log.Warning(acpi, "[Firmware Bug]: no secondary bus range in _CRS");
        }

        PciHostBridge bridge = new(acpi, Bits.Low16(acpi.Node.Integer("_SEG") ?? 0), first, last, windows) { NumaNode = NodeOf(acpi) };
        core.Log.Info($"ACPI: PCI Root Bridge [{acpi.Node.Name}] (domain {bridge.Segment:x4} [bus {first:x2}-{last:x2}])");
        if (core.Sysfs.Devices.Children.ContainsKey(bridge.Name))
        {
            core.Log.Error(acpi, $"bus {bridge.Segment:x4}:{first:x2} has a root bridge already"); // pci_create_root_bus gives EEXIST
            return;
        }

        if (!pciBus.Config.IsExtended(bridge.Segment, first) && !GoesOnWithoutEcam(acpi, bridge.Segment))
        {
            return;
        }

        core.Sysfs.Devices.Attach(bridge);
        bridge.Link("firmware_node", acpi);
        pciBus.Roots.Add(bridge);
        core.Log.Info($"PCI host bridge to bus {bridge.Segment:x4}:{first:x2}");
        if (bridge.NumaNode == Numa.NoNode && pciBus.Numa.PossibleNodes[^1].Id > 0)
        {
            core.Log.Warning($"pci_bus {bridge.Segment:x4}:{first:x2}: Unknown NUMA node; performance will be reduced");
            if (acpi.Node.Domain is { } domain)
            {
                core.Findings.Report(KernelRules.BridgeDomain, new FunctionPlace(new Bdf(bridge.Segment, first, 0, 0)), $"_PXM {domain} of {acpi.Name}");
            }
        }

        foreach (AddressRange window in windows)
        {
            core.Log.Info($"pci_bus {bridge.Segment:x4}:{first:x2}: root bus resource [mem 0x{window.Start.Value:x8}-0x{window.Last.Value:x8} window]");
        }

        bridge.Functions.AddRange(ScanBus(bridge.Segment, first, last, null, []));
        await PublishAsync(bridge.Functions, bridge);
    }

    private int NodeOf(AcpiDevice acpi) =>
        acpi.Node.Domain is <= uint.MaxValue and { } domain && pciBus.Numa.Domains.NodeOf((uint)domain) is { } node && pciBus.Numa.Node(node).IsOnline ? node : Numa.NoNode;

    /// <summary>Without ECAM there are no CXL devices below a bridge, and outside segment 0 nothing at all (<c>setup_mcfg_map</c> in <c>arch/x86/pci/acpi.c</c>).</summary>
    private bool GoesOnWithoutEcam(AcpiDevice acpi, ushort segment)
    {
        string reason = pciBus.Config.IsSwitchedOff ? "MMCONFIG is disabled" : "fail to add MMCONFIG information";
        if (acpi.Node.HardwareIds().First() == AcpiIds.CxlHostBridge)
        {
            ulong? uid = acpi.Node.Integer("_UID");
            core.Findings.Report(KernelRules.NoEcam, new BridgePlace(uid), $"no ECAM for the buses of the host bridge {uid}");
        }

        if (segment != 0)
        {
            core.Log.Error(acpi, $"{reason}, can't access configuration space under this host bridge");
            return false;
        }

        core.Log.Warning(acpi, $"{reason}, can't access extended configuration space under this bridge");
        return true;
    }

    private void Rescan(
        ushort segment, byte busNumber, byte lastBus, PciDevice? upstream, KObject parent, List<PciDevice> known, List<(KObject Parent, List<PciDevice> Found)> joined)
    {
        PciDevice[] before = [.. known];
        List<PciDevice> found = ScanBus(segment, busNumber, lastBus, upstream, before);
        known.AddRange(found);
        joined.Add((parent, found));
        foreach (PciDevice bridge in before.Where(device => device.IsBridge))
        {
            byte secondary = (byte)bridge.ReadConfig(PciConfig.SecondaryBus, 1);
            if (secondary > busNumber && secondary <= lastBus)
            {
                Rescan(segment, secondary, lastBus, bridge, bridge, bridge.Functions, joined);
            }
        }
    }

    /// <summary>Whatever stands in the BARs of functions that are found later, Linux gives them addresses anew; those of bridges stay.</summary>
    private void Place(PciDevice port, List<PciDevice> found)
    {
        foreach (PciDevice function in found.Where(device => !device.IsBridge))
        {
            function.Unassigned.AddRange(function.Resources.Select(resource => resource.Bar));
            function.Resources.Clear();
        }

        new BarAssignment(core.Log, [.. BridgeWindows(port)]).Assign(port.Functions);
    }

    /// <summary>The functions of a bus that are not known yet, and all below them.</summary>
    private List<PciDevice> ScanBus(ushort segment, byte busNumber, byte lastBus, PciDevice? upstream, IReadOnlyList<PciDevice> known)
    {
        List<PciDevice> found = [];
        for (byte device = 0; device < DevicesPerBus; device++)
        {
            for (byte function = 0; function < FunctionsPerDevice; function++)
            {
                Bdf address = new(segment, busNumber, device, function);
                if (pciBus.Config.Read(address, PciConfig.VendorId, 2) == 0xffff)
                {
                    if (function == 0)
                    {
                        break; // without function 0 nobody asks for the others
                    }

                    continue;
                }

                PciDevice? present = known.FirstOrDefault(other => other.Address == address);
                PciDevice examined = present ?? Examine(address, lastBus, upstream, isFirst: found.Count + known.Count == 0);
                if (present is null)
                {
                    found.Add(examined);
                }

                if (function == 0 && (examined.ReadConfig(PciConfig.HeaderType, 1) & PciConfig.HeaderTypeMultiFunction) == 0)
                {
                    break;
                }
            }
        }

        return found;
    }

    private PciDevice Examine(Bdf address, byte lastBus, PciDevice? upstream, bool isFirst)
    {
        PciHostBridge? root = pciBus.Roots.Find(bridge => bridge.Segment == address.Segment && address.Bus >= bridge.BusNumber && address.Bus <= bridge.LastBus);
        PciDevice device = new(pciBus.Config, address, upstream) { NumaNode = root?.NumaNode ?? Numa.NoNode }; // user space can renumber the buses below a port
        core.Log.Info($"pci {device.Name}: [{device.VendorId:x4}:{device.DeviceId:x4}] type 0{(device.IsBridge ? 1 : 0)} class 0x{device.ClassCode:x6} {KindOf(device)}");
        ReadBars(device);
        if (PciDevice.ReportsErrors(core))
        {
            device.EnableErrorReporting();
        }

        device.ResetMethods = new PciReset(core, device).Methods(isFirst);
        byte secondary = (byte)device.ReadConfig(PciConfig.SecondaryBus, 1);
        if (device.IsBridge && secondary > address.Bus && secondary <= lastBus)
        {
            core.Log.Info($"pci {device.Name}: PCI bridge to [bus {secondary:x2}]");
            device.Functions.AddRange(ScanBus(address.Segment, secondary, lastBus, device, []));
        }

        return device;
    }

    private static string KindOf(PciDevice device) => device.ExpressType switch
    {
        PciCapability.ExpressTypeEndpoint => "PCIe Endpoint",
        PciCapability.ExpressTypeRootPort => "PCIe Root Port",
        PciCapability.ExpressTypeUpstreamPort => "PCIe Switch Upstream Port",
        PciCapability.ExpressTypeDownstreamPort => "PCIe Switch Downstream Port",
        PciCapability.ExpressTypeIntegratedEndpoint => "PCIe Root Complex Integrated Endpoint",
        _ => "conventional PCI endpoint",
    };

    /// <summary>Reads address and size of each BAR; decoding is off while ones stand in it (<c>pci_read_bases</c>).</summary>
    private void ReadBars(PciDevice device)
    {
        uint command = device.ReadConfig(PciConfig.Command, 2);
        device.WriteConfig(PciConfig.Command, 2, command & ~(uint)PciConfig.CommandMemory);
        int bars = device.IsBridge ? PciConfig.BarsOfBridge : PciConfig.BarsOfEndpoint;
        for (int index = 0; index < bars; index++)
        {
            if (device.ReadBar(index, out ulong start) is not { } bar)
            {
                continue;
            }

            if (start != 0 && AddressRange.TryCreate(new Hpa(start), new ByteSize(bar.Size), out AddressRange range))
            {
                PciResource resource = new(bar, range);
                device.Resources.Add(resource);
                core.Log.Info($"pci {device.Name}: {resource}");
            }
            else
            {
                device.Unassigned.Add(bar);
            }

            index += bar.Is64Bit ? 1 : 0;
        }

        device.WriteConfig(PciConfig.Command, 2, command);
    }

    private async SimTask PublishAsync(List<PciDevice> devices, KObject parent)
    {
        foreach (PciDevice device in devices)
        {
            await pciBus.AddAsync(device, parent);
            await PublishAsync(device.Functions, device);
        }
    }

    private void Claim(List<PciDevice> devices)
    {
        foreach (PciDevice device in devices)
        {
            device.Resources.ForEach(bar => Claim(device, bar.Range, device.Name));
            foreach (AddressRange window in BridgeWindows(device))
            {
                Claim(device, window, $"PCI Bus {device.Address.Segment:x4}:{device.ReadConfig(PciConfig.SecondaryBus, 1):x2}");
            }

            Claim(device.Functions);
        }
    }

    private void Claim(PciDevice device, AddressRange range, string name)
    {
        if (core.Iomem.RequestRegion(range, name, ResourceFlags.None) is { } resource)
        {
            device.Claimed.Add(resource);
        }
    }

    private static IEnumerable<AddressRange> BridgeWindows(PciDevice bridge)
    {
        if (!bridge.IsBridge)
        {
            yield break;
        }

        ulong memoryBase = (ulong)(bridge.ReadConfig(PciConfig.MemoryBase, 2) & 0xfff0) << 16;
        ulong memoryLast = ((ulong)(bridge.ReadConfig(PciConfig.MemoryLimit, 2) & 0xfff0) << 16) | 0xf_ffff;
        if (memoryBase != 0 && memoryBase < memoryLast)
        {
            yield return AddressRange.FromBounds(new Hpa(memoryBase), new Hpa(memoryLast));
        }

        ulong prefetchBase = ((ulong)bridge.ReadConfig(PciConfig.PrefetchBaseUpper, 4) << 32) | ((ulong)(bridge.ReadConfig(PciConfig.PrefetchBase, 2) & 0xfff0) << 16);
        ulong prefetchLast = ((ulong)bridge.ReadConfig(PciConfig.PrefetchLimitUpper, 4) << 32)
            | ((ulong)(bridge.ReadConfig(PciConfig.PrefetchLimit, 2) & 0xfff0) << 16) | 0xf_ffff;
        if (prefetchBase != 0 && prefetchBase < prefetchLast)
        {
            yield return AddressRange.FromBounds(new Hpa(prefetchBase), new Hpa(prefetchLast));
        }
    }
}
