using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Binds to the CXL root and builds what the tables say: root, windows, host bridge ports (<c>drivers/cxl/acpi.c</c>).</summary>
public sealed class CxlAcpiDriver(LinuxKernel kernel) : Driver("cxl_acpi")
{
    public override bool Matches(Device device) => device.Name.StartsWith(AcpiIds.CxlRoot + ":", StringComparison.Ordinal);

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        using FrameScope frame = kernel.Simulation.Enter("cxl_acpi_probe", device.Name);
        kernel.Milestone("CxlAcpiProbe", device.Name);
        byte[] cedt = kernel.Tables.Find("CEDT") ?? [];
        CxlPort root = new(CxlPortKind.Root, kernel.Cxl.PortIds.Allocate(), device, null, null);
        await kernel.Cxl.Bus.AddAsync(root, device);
        device.OnUnbind(() => kernel.Cxl.RemovePortAsync(root));
        kernel.Log.Debug(device, $"{root.Name} added (root port)");
        PciHostBridge[] bridges = [.. kernel.PciRoots.Where(bridge => bridge.Acpi.Node.HardwareIds().First() == AcpiIds.CxlHostBridge)];
        foreach (PciHostBridge bridge in bridges)
        {
            AddDport(root, bridge, cedt);
        }

        IReadOnlyList<CxlRootDecoder> windows = await AddWindowsAsync(device, root, cedt);
        foreach (CxlDport dport in root.Dports.ToArray())
        {
            await AddHostBridgeAsync(device, root, dport);
        }

        if (windows.Any(window => window.Allows(DecoderMode.Pmem)))
        {
            await AddNvdimmBridgeAsync(device, root);
        }

        await kernel.Cxl.Bus.RescanAsync();
        device.OnUnbind(() => RemoveRegionsAsync(root));
        return Errno.Ok;
    }

    private async SimTask AddNvdimmBridgeAsync(Device device, CxlPort root)
    {
        NvdimmBridge bridge = new(kernel.Cxl.BridgeIds.Allocate());
        await kernel.Cxl.Bus.AddAsync(bridge, root);
        device.OnUnbind(async () =>
        {
            await kernel.Cxl.Bus.RemoveAsync(bridge);
            kernel.Cxl.BridgeIds.Free(bridge.Id);
        });
        kernel.Log.Debug(device, $"{root.Name}: add: {bridge.Name}");
    }

    /// <summary>Regions go before everything else, the latest first: they were made when all the rest was there.</summary>
    private async SimTask RemoveRegionsAsync(CxlPort root)
    {
        foreach (CxlRegion region in kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.Root.Port == root).Reverse().ToArray())
        {
            await region.UnregisterAsync();
        }
    }

    private void AddDport(CxlPort root, PciHostBridge bridge, byte[] cedt)
    {
        if (bridge.Acpi.Node.Integer("_UID") is not { } uid)
        {
            kernel.Log.Error(bridge.Acpi, "unable to retrieve _UID");
            return;
        }

        if (FindBridge(cedt, uid) is not { } chbs)
        {
            kernel.Log.Warning(bridge.Acpi, $"No CHBS found for Host Bridge (UID {uid})");
            return;
        }

        if (chbs.Base == 0 || chbs.CxlVersion != CedtChbs.VersionVh)
        {
            kernel.Log.Warning(bridge.Acpi, $"CHBS invalid for Host Bridge (UID {uid})");
            return;
        }

        root.AddDport(bridge, PortIdOf(uid), new Hpa(chbs.Base));
        if (uid <= uint.MaxValue && kernel.Hmat.GenericPort((uint)uid) is { } coordinates)
        {
            coordinates.CopyTo(root.FindDport(bridge)!.Coordinates, 0);
        }
        else
        {
            kernel.Log.Debug(bridge, "No generic port found: performance unknown");
        }
    }

    /// <summary>A port id is an int (<c>struct cxl_dport</c>): of a UID its low half counts.</summary>
    private static int PortIdOf(ulong uid) => unchecked((int)uid);

    private static CedtChbs? FindBridge(byte[] cedt, ulong uid)
    {
        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt);
        while (records.MoveNext())
        {
            if (records.Type == CedtChbs.TypeId && BinaryLayout.TryRead(records.Record, out CedtChbs chbs) && chbs.Uid == uid)
            {
                return chbs;
            }
        }

        return null;
    }

    private async SimTask<IReadOnlyList<CxlRootDecoder>> AddWindowsAsync(Device device, CxlPort root, byte[] cedt)
    {
        List<(CedtCfmws Window, uint[] Targets)> found = ReadWindows(cedt);
        List<CxlRootDecoder> decoders = [];
        device.OnUnbind(() =>
        {
            decoders.ForEach(decoder => ResourceTree.Remove(decoder.Window!)); // what was leaked below moves up
            return SimTask.CompletedTask;
        });
        int number = 0;
        foreach ((CedtCfmws window, uint[] targets) in found)
        {
            if (!Verify(device, window, targets.Length, out int ways, out int granularity))
            {
                Refuse(device, window, Errno.EINVAL);
                continue;
            }

            AddressRange range = AddressRange.Of(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize));
            string name = "CXL Window " + number++.ToString(System.Globalization.CultureInfo.InvariantCulture);
            CxlXorMaps? maps = null;
            if (window.Arithmetic == CedtCfmws.ArithmeticXor && CxlXorMaps.Find(cedt, ways, granularity, out maps) is var error and not Errno.Ok)
            {
                kernel.Log.Error(device, $"no CXIMS with {Interleave.XorMapsFor(ways)} maps for HBIG {window.EncodedGranularity}");
                Refuse(device, window, error);
                continue;
            }

            CxlDport?[] dports = [.. targets.Select(uid => root.FindDport(PortIdOf(uid)))];
            if (dports.Contains(null))
            {
                kernel.Log.Error(device, $"CFMWS at {range.Start}: a target is no host bridge");
                Refuse(device, window, Errno.ENXIO);
                continue;
            }

            CxlRootDecoder decoder = new(kernel, root, root.Decoders.Count, window.Restrictions, window.QtgId, [.. dports.OfType<CxlDport>()])
            {
                Range = range,
                Ways = ways,
                Granularity = ways == 1 ? Interleave.MinGranularity : granularity, // nothing to spread, whatever the table says
                Window = new Resource(name, range, ResourceFlags.CxlWindow),
                XorMaps = maps,
            };
            root.Decoders.Add(decoder);
            await kernel.Cxl.Bus.AddAsync(decoder, root);
            device.OnUnbind(async () =>
            {
                await kernel.Cxl.Bus.RemoveAsync(decoder);
                decoder.ReleaseNextRegionId();
            });
            kernel.Log.Debug(device, $"decode range: node: {kernel.Numa.TargetNode(range.Start)} range [{range.Start} - {range.Last}]");
            decoders.Add(decoder);
        }

        foreach (CxlRootDecoder decoder in decoders)
        {
            kernel.Iomem.InsertExpandToFit(decoder.Window!);
        }

        return decoders;
    }

    private void Refuse(Device device, in CedtCfmws window, Errno error) =>
        kernel.Log.Error(device, $"Failed to add decode range: 0x{window.BaseHpa:x} size 0x{window.WindowSize:x} ({-(int)error})");

    private static List<(CedtCfmws Window, uint[] Targets)> ReadWindows(byte[] cedt)
    {
        List<(CedtCfmws Window, uint[] Targets)> found = [];
        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt);
        while (records.MoveNext())
        {
            if (records.Type != CedtCfmws.TypeId || !BinaryLayout.TryRead(records.Record, out CedtCfmws window))
            {
                continue;
            }

            Interleave.TryDecodeWays(window.EncodedWays, out int ways);
            SpanReader list = new(records.Record[CedtCfmws.SpecSize..Math.Clamp(window.RecordLength, CedtCfmws.SpecSize, records.Record.Length)]);
            uint[] targets = new uint[Math.Min(ways, list.Remaining / 4)];
            for (int i = 0; i < targets.Length; i++)
            {
                targets[i] = list.U32();
            }

            found.Add((window, targets));
        }

        return found;
    }

    /// <summary>What makes a window unusable; the others go on without it (<c>cxl_acpi_cfmws_verify</c>).</summary>
    private bool Verify(Device device, in CedtCfmws window, int targets, out int ways, out int granularity)
    {
        granularity = 0;
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes;
        if (!Interleave.TryDecodeWays(window.EncodedWays, out ways))
        {
            kernel.Log.Error(device, $"CFMWS Interleave Ways ({window.EncodedWays}) invalid");
            return false;
        }

        if (window.Arithmetic is not (CedtCfmws.ArithmeticModulo or CedtCfmws.ArithmeticXor))
        {
            kernel.Log.Error(device, $"CFMWS Unknown Interleave Arithmetic: {window.Arithmetic}");
            return false;
        }

        if (window.BaseHpa % unit != 0 || window.WindowSize % unit != 0)
        {
            kernel.Log.Error(device, "CFMWS Base HPA or Window Size not 256MB aligned");
            return false;
        }

        if (targets < ways)
        {
            kernel.Log.Error(device, $"CFMWS length {window.RecordLength} is too short for {ways} targets");
            return false;
        }

        return AddressRange.TryCreate(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize), out _)
            && Interleave.TryDecodeGranularity(window.EncodedGranularity, out granularity);
    }

    private async SimTask AddHostBridgeAsync(Device device, CxlPort root, CxlDport dport)
    {
        CxlPort port = new(CxlPortKind.Switch, kernel.Cxl.PortIds.Allocate(), dport.Device, dport, dport.ComponentRegisters);
        await kernel.Cxl.Bus.AddAsync(port, root);
        device.OnUnbind(() => kernel.Cxl.RemovePortAsync(port));
        kernel.Log.Info(dport.Device, "host supports CXL");
    }
}
