using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Binds to the CXL root and builds what the tables say: root, windows, host bridge ports (<c>drivers/cxl/acpi.c</c>).</summary>
public sealed class CxlAcpiDriver(CxlCore cxl, AcpiTables tables) : Driver("cxl_acpi")
{
    public override bool Matches(Device device) => device is CxlRootDevice || device.Name.StartsWith(AcpiIds.CxlRoot + ":", StringComparison.Ordinal);

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_acpi_probe", device.Name);
        cxl.Core.Milestone("CxlAcpiProbe", device.Name);
        byte[] cedt = device is CxlRootDevice own ? own.Cedt : tables.Find("CEDT") ?? [];
        CxlPort root = new(CxlPortKind.Root, cxl.PortIds.Allocate(), device, null);
        await cxl.Bus.AddAsync(root, device);
        device.OnUnbind(() => cxl.RemovePortAsync(root));
        cxl.Core.Log.Debug(device, $"{root.Name} added (root port)");
        Dictionary<CxlDport, Hpa> registers = [];
        foreach (CxlHostBridge bridge in BridgesOf(device))
        {
            if (AddDport(root, bridge, cedt, registers) is var error and not Errno.Ok)
            {
                return error;
            }
        }

        IReadOnlyList<CfmwsRecord> records = CfmwsRecord.ReadAll(cedt, cxl.Core.Log, out bool isWhole);
        WindowResources resources = new(cxl.Core.Iomem);
        device.OnUnbind(() =>
        {
            resources.Remove(); // what was leaked below moves up
            return SimTask.CompletedTask;
        });
        IReadOnlyList<CxlRootDecoder> windows = await AddWindowsAsync(device, root, cedt, records, resources);
        if (!isWhole)
        {
            return Errno.ENXIO; // whatever windows there were in front of it
        }

        Publish(resources, windows);
        foreach (CxlHostBridge bridge in BridgesOf(device))
        {
            await AddHostBridgeAsync(device, root, bridge, cedt, registers);
        }

        if (windows.Any(window => window.Takes(DecoderMode.Pmem)))
        {
            await AddNvdimmBridgeAsync(device, root);
        }

        await cxl.Bus.RescanAsync();
        device.OnUnbind(() => RemoveRegionsAsync(root));
        return Errno.Ok;
    }

    private IEnumerable<CxlHostBridge> BridgesOf(Device device) => device is CxlRootDevice own
        ? own.Bridges
        : cxl.Pci.Roots
            .Where(bridge => bridge.Acpi.Node.HardwareIds().First() == AcpiIds.CxlHostBridge)
            .Select(bridge => new CxlHostBridge(bridge, bridge.Acpi, bridge.Acpi.Node.Integer("_UID")));

    private async SimTask AddNvdimmBridgeAsync(Device device, CxlPort root)
    {
        NvdimmBridge bridge = new(cxl.BridgeIds.Allocate());
        await cxl.Bus.AddAsync(bridge, root);
        device.OnUnbind(async () =>
        {
            await cxl.Bus.RemoveAsync(bridge);
            cxl.BridgeIds.Free(bridge.Id);
        });
        cxl.Core.Log.Debug(device, $"{root.Name}: add: {bridge.Name}");
    }

    /// <summary>Regions go before everything else, the latest first: they were made when all the rest was there.</summary>
    private async SimTask RemoveRegionsAsync(CxlPort root)
    {
        foreach (CxlRegion region in cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.Root.Port == root).Reverse().ToArray())
        {
            await region.UnregisterAsync();
        }
    }

    /// <summary>A bridge that the CEDT does not know is left out; one whose UID or RCRB cannot be read ends the probe (<c>add_host_bridge_dport</c>).</summary>
    private Errno AddDport(CxlPort root, CxlHostBridge bridge, byte[] cedt, Dictionary<CxlDport, Hpa> registers)
    {
        if (bridge.Uid is not { } uid)
        {
            cxl.Core.Log.Error(bridge.Companion, "unable to retrieve _UID");
            cxl.Core.Findings.Report(KernelRules.BridgeUid, new BridgePlace(null), $"the host bridge {bridge.Device.Name} without a _UID");
            return Errno.ENOENT;
        }

        IReadOnlyList<ChbsRecord> known = ReadStructures(bridge, cedt);
        ChbsRecord[] own = [.. known.Where(record => record.Bridge.Uid == uid)];
        if (Array.Find(own, record => record.IsUsable) is not { Bridge: var chbs })
        {
            cxl.Core.Log.Warning(bridge.Companion, $"No CHBS found for Host Bridge (UID {uid})"); // nor is one that makes no sense
            if (own.Length == 0)
            {
                ReportNoChbs(uid, known);
            }
            else
            {
                ReportUnusable(own[0]);
            }

            return Errno.Ok;
        }

        if (root.Dports.Any(other => other.PortId == PortIdOf(chbs.Uid)))
        {
            cxl.Core.Log.Error(root, $"{bridge.Device.Name} cannot be dport {PortIdOf(chbs.Uid)}: there is one of this id");
            cxl.Core.Findings.Report(RefusalRules.BridgeUidTwice, new BridgePlace(uid), $"the UID {uid} of {bridge.Device.Name} at another host bridge too");
            return Errno.EBUSY;
        }

        if (AddDport(root, bridge, chbs, registers) is not { } dport)
        {
            return Errno.ENXIO;
        }

        if (uid <= uint.MaxValue && cxl.Hmat.GenericPort((uint)uid) is { } coordinates)
        {
            coordinates.CopyTo(dport.Coordinates, 0);
        }
        else
        {
            cxl.Core.Log.Debug(bridge.Companion, "Failed to get generic port perf coordinates.");
        }

        return Errno.Ok;
    }

    /// <summary>All of the table: which is the bridge's, and whether there are several kinds (<c>cxl_get_chbs</c>).</summary>
    private IReadOnlyList<ChbsRecord> ReadStructures(CxlHostBridge bridge, byte[] cedt)
    {
        cxl.Core.Log.Debug(bridge.Companion, $"UID found: {bridge.Uid}");
        IReadOnlyList<ChbsRecord> known = ChbsRecord.ReadAll(cedt, cxl.Core.Log);
        if (known.Where(record => record.IsUsable).Select(record => record.Bridge.CxlVersion).Distinct().Count() > 1)
        {
            cxl.Core.Log.Info(bridge.Companion, "Unsupported platform config, mixed Virtual Host and Restricted CXL Host hierarchy.");
        }

        return known;
    }

    /// <summary>Of a CXL 1.1 host the RCRB is read at once; null where it names no component registers.</summary>
    private CxlDport? AddDport(CxlPort root, CxlHostBridge bridge, in CedtChbs chbs, Dictionary<CxlDport, Hpa> registers)
    {
        Hpa start = new(chbs.Base);
        if (chbs.CxlVersion != CedtChbs.VersionRch)
        {
            CxlDport plain = root.AddDport(bridge.Device, PortIdOf(chbs.Uid));
            registers[plain] = start;
            return plain;
        }

        cxl.Core.Log.Debug(bridge.Companion, $"RCRB found for UID {chbs.Uid}: 0x{chbs.Base:x16}");
        if (Rcrb.FindComponents(cxl.Core, bridge.Device, start, upstream: false) is not { } block)
        {
            cxl.Core.Log.Warning(bridge.Device, "the RCRB names no component registers");
            return null;
        }

        CxlDport restricted = root.AddDport(bridge.Device, PortIdOf(chbs.Uid), RegisterMap.SetUpComponents(cxl.Core, bridge.Device, block), start);
        cxl.Core.Log.Debug(bridge.Device, $"Component Registers found for dport: 0x{block.Value:x16}");
        return restricted;
    }

    /// <summary>A port id is an int (<c>struct cxl_dport</c>): of a UID its low half counts.</summary>
    private static int PortIdOf(ulong uid) => unchecked((int)uid);

    /// <summary>A structure that is nobody's may be the one that the bridge was to have.</summary>
    private void ReportNoChbs(ulong uid, IReadOnlyList<ChbsRecord> known)
    {
        ulong?[] uids = [.. cxl.Pci.Roots.Select(other => other.Acpi.Node.Integer("_UID"))];
        ChbsRecord? spare = uid <= uint.MaxValue ? known.FirstOrDefault(chbs => !uids.Contains(chbs.Bridge.Uid)) : null;
        FieldValue? nearest = spare?.PlaceOf(nameof(CedtChbs.Uid)).Value("UID", uid);
        cxl.Core.Findings.Report(KernelRules.BridgeWithoutChbs, new BridgePlace(uid), $"the host bridge {uid} and no CHBS with this UID", nearest);
    }

    private void ReportUnusable(ChbsRecord record)
    {
        CedtChbs chbs = record.Bridge;
        if (chbs.Base == 0)
        {
            cxl.Core.Findings.Report(KernelRules.ChbsBase, record.PlaceOf(nameof(CedtChbs.Base)), $"no base for the host bridge {chbs.Uid}");
            return;
        }

        TablePlace version = record.PlaceOf(nameof(CedtChbs.CxlVersion));
        cxl.Core.Findings.Report(
            KernelRules.ChbsVersion, version, $"version {chbs.CxlVersion} and 0x{chbs.Length:x} bytes for the host bridge {chbs.Uid}", version.Value("CXL Version", CedtChbs.VersionVh));
    }

    /// <summary>Decoders for the windows that can be taken; what becomes of the others' addresses is told by <see cref="WindowResources"/> (<c>cxl_parse_cfmws</c>).</summary>
    private async SimTask<IReadOnlyList<CxlRootDecoder>> AddWindowsAsync(Device device, CxlPort root, byte[] cedt, IReadOnlyList<CfmwsRecord> records, WindowResources resources)
    {
        CfmwsCheck check = new(cxl.Core, device);
        List<CxlRootDecoder> decoders = [];
        int number = 0;
        foreach (CfmwsRecord record in records)
        {
            CedtCfmws window = record.Window;
            if (!check.Verify(record, out int ways, out int granularity))
            {
                Refuse(device, window, Errno.EINVAL);
                continue;
            }

            string name = "CXL Window " + number++.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!AddressRange.TryCreate(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize), out AddressRange range))
            {
                check.ReportRange(record);
                Refuse(device, window, Errno.EBUSY);
                continue;
            }

            if (!resources.TryAdd(new Resource(name, range, ResourceFlags.CxlWindow)))
            {
                check.ReportOverlap(record, range);
                Refuse(device, window, Errno.EBUSY);
                continue;
            }

            if (FindMaps(device, cedt, window, ways, granularity, out CxlXorMaps? maps, out int? culprit) is var error and not Errno.Ok)
            {
                check.ReportMaps(record, Interleave.XorMapsFor(ways), culprit, error);
                Refuse(device, window, error);
                continue;
            }

            CxlDport?[] dports = [.. record.Targets.Select(uid => root.FindDport(PortIdOf(uid)))];
            if (dports.Contains(null))
            {
                cxl.Core.Log.Error(root, "Failed to populate active decoder targets");
                check.ReportTarget(record, root);
                Refuse(device, window, Errno.ENXIO);
                continue;
            }

            CxlRootDecoder decoder = new(cxl, root, root.Decoders.Count, window.Restrictions, window.QtgId, [.. dports.OfType<CxlDport>()])
            {
                Range = range,
                Ways = ways,
                Granularity = ways == 1 ? Interleave.MinGranularity : granularity, // nothing to spread, whatever the table says
                XorMaps = maps,
                CfmwsOffset = record.Offset,
            };
            root.Decoders.Add(decoder);
            await cxl.Bus.AddAsync(decoder, root);
            device.OnUnbind(async () =>
            {
                await cxl.Bus.RemoveAsync(decoder);
                decoder.ReleaseNextRegionId();
            });
            cxl.Core.Log.Debug(device, $"decode range: node: {cxl.Numa.TargetNode(range.Start)} range [{range.Start} - {range.Last}]");
            decoders.Add(decoder);
        }

        return decoders;
    }

    /// <summary>Windows become lines of /proc/iomem, and decoders learn theirs (<c>pair_cxl_resource</c>).</summary>
    private void Publish(WindowResources resources, IReadOnlyList<CxlRootDecoder> decoders)
    {
        resources.Publish();
        foreach (CxlRootDecoder decoder in decoders)
        {
            decoder.Window = resources.Of(decoder.Range!.Value);
            if (decoder.Window is { Parent: null })
            {
                CfmwsCheck.ReportBeyondCpu(cxl.Core, decoder);
            }
        }
    }

    /// <summary>The maps of a window of XOR arithmetic; others need none.</summary>
    private Errno FindMaps(Device device, byte[] cedt, in CedtCfmws window, int ways, int granularity, out CxlXorMaps? maps, out int? culprit)
    {
        maps = null;
        culprit = null;
        if (window.Arithmetic != CedtCfmws.ArithmeticXor)
        {
            return Errno.Ok;
        }

        Errno error = CxlXorMaps.Find(cedt, ways, granularity, out maps, out culprit);
        if (error == Errno.EINVAL && culprit is null)
        {
            cxl.Core.Log.Error(device, $"No CXIMS for HBIG {granularity}");
        }
        else if (error == Errno.ENXIO)
        {
            cxl.Core.Log.Debug(device, $"the CXIMS for HBIG {window.EncodedGranularity} has fewer than the {Interleave.XorMapsFor(ways)} maps that are needed");
        }

        return error;
    }

    private void Refuse(Device device, in CedtCfmws window, Errno error) =>
        cxl.Core.Log.Error(device, $"Failed to add decode range: [0x{window.BaseHpa:x} - 0x{unchecked(window.BaseHpa + window.WindowSize - 1):x}] ({-(int)error})");

    /// <summary>A CXL 1.1 host bridge is no port: its device hangs at the root. For any other the table is read once more (<c>add_host_bridge_uport</c>).</summary>
    private async SimTask AddHostBridgeAsync(Device device, CxlPort root, CxlHostBridge bridge, byte[] cedt, Dictionary<CxlDport, Hpa> registers)
    {
        if (root.Dports.FirstOrDefault(known => known.Device == bridge.Device) is not { } dport)
        {
            cxl.Core.Log.Debug(device, "host bridge expected and not found");
            return;
        }

        if (dport.IsRestricted)
        {
            cxl.Core.Log.Info(dport.Device, "host supports CXL (restricted)");
            return;
        }

        ReadStructures(bridge, cedt);
        cxl.Core.Log.Debug(bridge.Companion, $"CHBCR found for UID {bridge.Uid}: 0x{registers[dport].Value:x16}");
        CxlPort port = new(CxlPortKind.Switch, cxl.PortIds.Allocate(), dport.Device, dport);
        await cxl.AddPortAsync(port, root, registers[dport]);
        device.OnUnbind(() => cxl.RemovePortAsync(port));
        cxl.Core.Log.Debug(dport.Device, $"{port.Name} added to {root.Name}");
        cxl.Core.Log.Info(dport.Device, "host supports CXL");
    }
}
