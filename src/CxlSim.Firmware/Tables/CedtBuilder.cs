using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>CXL Early Discovery Table: where bridges' registers lie, and the fixed windows (CXL r3.1 9.18.1).</summary>
public static class CedtBuilder
{
    private const byte Revision = 1;

    private static readonly FieldOrigin[] ChbsFields =
    [
        new(nameof(CedtChbs.Uid), "uid", "the bridge's"),
        new(nameof(CedtChbs.CxlVersion), "version", "bridges are of CXL 2.0 or later") { OtherKeys = ["cxl"] },
        new(nameof(CedtChbs.Base), "component_registers", "the next free 64 KiB above DRAM") { OtherKeys = ["base", "rcrb"] },
        new(nameof(CedtChbs.Length), "length", "what the version prescribes"),
    ];

    private static readonly FieldOrigin[] WindowFields =
    [
        new(nameof(CedtCfmws.RecordLength), "record_length", "the number of targets"),
        new(nameof(CedtCfmws.BaseHpa), "base", "the next free 256 MiB above all that has an address") { OtherKeys = ["encoded_base"] },
        new(nameof(CedtCfmws.WindowSize), "size", "the capacity below the targets") { OtherKeys = ["encoded_size"] },
        new(nameof(CedtCfmws.EncodedWays), "encoded_ways", "the number of targets") { OtherKeys = ["targets"] },
        new(nameof(CedtCfmws.Arithmetic), "encoded_arithmetic", "modulo") { OtherKeys = ["arithmetic"] },
        new(nameof(CedtCfmws.EncodedGranularity), "encoded_granularity", "the smallest, 256 B") { OtherKeys = ["granularity"] },
        new(nameof(CedtCfmws.Restrictions), "restrictions", "host-only coherent, volatile, and persistent where a device below the targets is"),
        new(nameof(CedtCfmws.QtgId), "qos_class", "0"),
    ];

    private static readonly FieldOrigin[] MapsFields =
    [
        new(nameof(CedtCxims.EncodedGranularity), "encoded_granularity", "the windows' granularity") { OtherKeys = ["granularity"] },
        new(nameof(CedtCxims.MapCount), "map_count", "the number of maps") { OtherKeys = ["xor_maps"] },
    ];

    private static readonly FieldOrigin[] RdpasFields =
    [
        new(nameof(CedtRdpas.Segment), "segment", "0"),
        new(nameof(CedtRdpas.Bdf), "bdf", string.Empty),
        new(nameof(CedtRdpas.Address), "address", string.Empty),
        new(nameof(CedtRdpas.Protocol), "protocol", "CXL.cache or CXL.mem"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("CEDT", Revision, platform);
        foreach (CedtRecordKind kind in platform.Firmware.Cedt.Order)
        {
            Append(table, platform, kind);
        }

        return table.Finish();
    }

    private static void Append(AcpiTable table, PlatformDescription platform, CedtRecordKind kind)
    {
        CedtDescription cedt = platform.Firmware.Cedt;
        switch (kind)
        {
            case CedtRecordKind.Chbs:
                Each(platform.HostBridges, bridge => AppendBridge(table, bridge));
                break;
            case CedtRecordKind.Cfmws:
                Each(platform.Windows, window => AppendWindow(table, window));
                break;
            case CedtRecordKind.Cxims:
                AppendMaps(table, platform);
                break;
            case CedtRecordKind.Rdpas:
                Each(cedt.Rdpas, port => AppendPort(table, port));
                break;
            case CedtRecordKind.Csds when cedt.Csds is { } capabilities:
                CedtCsds record = new() { Type = CedtCsds.TypeId, RecordLength = (ushort)CedtCsds.SpecSize, Capabilities = capabilities };
                table.Append(record, cedt, null, [new(nameof(CedtCsds.Capabilities), "csds", string.Empty)]);
                break;
            case CedtRecordKind.Raw:
                Each(cedt.Raw, raw => table.AppendRaw(raw.Bytes, raw));
                break;
        }
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> append)
    {
        foreach (T item in items)
        {
            append(item);
        }
    }

    private static void AppendBridge(AcpiTable table, HostBridgeDescription bridge)
    {
        if (bridge.Cxl is not { } cxl || cxl.Chbs is { IsWritten: false })
        {
            return;
        }

        uint version = cxl.Chbs?.Version ?? (cxl.Restricted is null ? CedtChbs.VersionVh : CedtChbs.VersionRch);
        CedtChbs record = new()
        {
            Type = CedtChbs.TypeId,
            RecordLength = (ushort)CedtChbs.SpecSize,
            Uid = cxl.Chbs?.Uid ?? bridge.Uid,
            CxlVersion = version,
            Base = cxl.Chbs?.Base ?? (cxl.Restricted?.Rcrb ?? cxl.ComponentRegisters).Value,
            Length = cxl.Chbs?.Length ?? (version == CedtChbs.VersionRch ? CedtChbs.RcrbLength : CedtChbs.ComponentLength),
        };
        table.Append(record, bridge, null, ChbsFields.Select(field => field with { From = field.OtherKeys.Append(field.Key).Any(key => table.States(cxl.Chbs, key)) ? cxl.Chbs : null }));
    }

    private static void AppendWindow(AcpiTable table, WindowDescription window)
    {
        byte ways = window.EncodedWays ?? (Interleave.TryEncodeWays(window.Targets.Count, out byte legal) ? legal : throw new SimulatorBugException("legal ways in a checked platform"));
        Check.That(Interleave.TryEncodeGranularity(window.Granularity, out byte granularity), "a legal granularity in a checked platform");
        int length = CedtCfmws.SpecSize + (sizeof(uint) * window.Targets.Count);
        CedtCfmws record = new()
        {
            Type = CedtCfmws.TypeId,
            RecordLength = window.RecordLength ?? (ushort)length,
            BaseHpa = window.EncodedBase ?? window.Range.Start.Value,
            WindowSize = window.EncodedSize ?? window.Range.Size.Bytes,
            EncodedWays = ways,
            Arithmetic = window.EncodedArithmetic,
            EncodedGranularity = window.EncodedGranularity ?? granularity,
            Restrictions = window.Restrictions,
            QtgId = window.QosClass,
        };
        List<ListItem> list = [.. window.Targets.Select((uid, i) => new ListItem(BitConverter.GetBytes(uid), null, "targets", i, string.Empty))];
        if (window.RecordLength > length)
        {
            list.Add(new ListItem(new byte[window.RecordLength.Value - length], null, "record_length", null, string.Empty));
        }

        table.Append(record, window, null, WindowFields, list);
    }

    /// <summary>One structure for a granularity: windows find theirs by it, and each takes as many maps as it needs. Windows whose maps differ have one each, whatever an operating system makes of that.</summary>
    private static void AppendMaps(AcpiTable table, PlatformDescription platform)
    {
        if (platform.Firmware.Cedt.Cxims is { } stated)
        {
            Each(stated, maps => AppendMaps(table, maps, maps, null));
            return;
        }

        foreach (IGrouping<int, WindowDescription> windows in platform.Windows.Where(window => window.XorMaps is { Count: > 0 }).GroupBy(window => window.Granularity))
        {
            Check.That(Interleave.TryEncodeGranularity(windows.Key, out byte encoded), "a legal granularity in a checked platform");
            foreach (WindowDescription window in windows.Where((window, i) => !windows.Where((other, j) => j != i && Covers(other, window, j < i)).Any()))
            {
                AppendMaps(table, new CximsDescription(encoded, (byte)Math.Min(window.XorMaps!.Count, byte.MaxValue), window.XorMaps), window, "windows of XOR arithmetic");
            }
        }
    }

    /// <summary>The other has all maps of the window, and more; or the same, and comes first.</summary>
    private static bool Covers(WindowDescription other, WindowDescription window, bool isFirst) =>
        (other.XorMaps!.Count > window.XorMaps!.Count || (isFirst && other.XorMaps.Count == window.XorMaps.Count)) && other.XorMaps.Take(window.XorMaps.Count).SequenceEqual(window.XorMaps);

    private static void AppendMaps(AcpiTable table, CximsDescription maps, object from, string? derivation)
    {
        CedtCxims record = new()
        {
            Type = CedtCxims.TypeId,
            RecordLength = Bits.Low16((uint)(CedtCxims.SpecSize + (sizeof(ulong) * maps.Maps.Count))),
            EncodedGranularity = maps.EncodedGranularity,
            MapCount = maps.MapCount,
        };
        table.Append(record, from, derivation, MapsFields, maps.Maps.Select((map, i) => new ListItem(BitConverter.GetBytes(map), null, "xor_maps", i, string.Empty)));
    }

    private static void AppendPort(AcpiTable table, RdpasDescription port)
    {
        CedtRdpas record = new()
        {
            Type = CedtRdpas.TypeId,
            RecordLength = (ushort)CedtRdpas.SpecSize,
            Segment = port.Segment,
            Bdf = port.Bdf,
            Address = port.Address,
            Protocol = port.Protocol,
        };
        table.Append(record, port, null, RdpasFields);
    }
}
