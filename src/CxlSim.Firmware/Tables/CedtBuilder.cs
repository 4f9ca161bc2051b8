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
        new(nameof(CedtChbs.Uid), "uid", "0"),
        new(nameof(CedtChbs.CxlVersion), "cxl_version", "bridges are of CXL 2.0 or later"),
        new(nameof(CedtChbs.Base), "component_registers", "the next free 64 KiB above DRAM"),
        new(nameof(CedtChbs.Length), "chbs_length", "what the version prescribes"),
    ];

    private static readonly FieldOrigin[] WindowFields =
    [
        new(nameof(CedtCfmws.BaseHpa), "base", "the next free 256 MiB above all that has an address"),
        new(nameof(CedtCfmws.WindowSize), "size", "the capacity below the targets"),
        new(nameof(CedtCfmws.EncodedWays), "targets", "the number of targets"),
        new(nameof(CedtCfmws.Arithmetic), "arithmetic", "modulo"),
        new(nameof(CedtCfmws.EncodedGranularity), "granularity", "the smallest, 256 B"),
        new(nameof(CedtCfmws.Restrictions), "restrictions", "host-only coherent, volatile, and persistent where a device below the targets is"),
        new(nameof(CedtCfmws.QtgId), "qos_class", "0"),
    ];

    private static readonly FieldOrigin[] MapsFields =
    [
        new(nameof(CedtCxims.EncodedGranularity), "granularity", "the windows' granularity"),
        new(nameof(CedtCxims.MapCount), "xor_maps", "the number of maps"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("CEDT", Revision, platform);
        foreach (HostBridgeDescription bridge in platform.HostBridges)
        {
            if (bridge.Cxl is { } cxl)
            {
                CedtChbs record = new()
                {
                    Type = CedtChbs.TypeId,
                    RecordLength = (ushort)CedtChbs.SpecSize,
                    Uid = bridge.Uid,
                    CxlVersion = CedtChbs.VersionVh,
                    Base = cxl.ComponentRegisters.Value,
                    Length = CedtChbs.ComponentLength,
                };
                table.Append(record, bridge, null, ChbsFields);
            }
        }

        foreach (WindowDescription window in platform.Windows)
        {
            Append(table, window);
        }

        foreach (IGrouping<int, WindowDescription> windows in platform.Windows.Where(window => window.XorMaps is { Count: > 0 }).GroupBy(window => window.Granularity))
        {
            AppendMaps(table, windows.MaxBy(window => window.XorMaps!.Count)!);
        }

        return table.Finish();
    }

    private static void Append(AcpiTable table, WindowDescription window)
    {
        Check.That(Interleave.TryEncodeWays(window.Targets.Count, out byte ways), "legal ways in a checked platform");
        Check.That(Interleave.TryEncodeGranularity(window.Granularity, out byte granularity), "a legal granularity in a checked platform");
        CedtCfmws record = new()
        {
            Type = CedtCfmws.TypeId,
            RecordLength = (ushort)(CedtCfmws.SpecSize + (sizeof(uint) * window.Targets.Count)),
            BaseHpa = window.Range.Start.Value,
            WindowSize = window.Range.Size.Bytes,
            EncodedWays = ways,
            Arithmetic = window.XorMaps is null ? CedtCfmws.ArithmeticModulo : CedtCfmws.ArithmeticXor,
            EncodedGranularity = granularity,
            Restrictions = window.Restrictions,
            QtgId = window.QosClass,
        };
        table.Append(record, window, null, WindowFields, window.Targets.Select((uid, i) => new ListItem(BitConverter.GetBytes(uid), null, "targets", i, string.Empty)));
    }

    /// <summary>One structure for a granularity: windows find theirs by it, and each takes as many maps as it needs.</summary>
    private static void AppendMaps(AcpiTable table, WindowDescription window)
    {
        Check.That(Interleave.TryEncodeGranularity(window.Granularity, out byte encoded), "a legal granularity in a checked platform");
        IReadOnlyList<ulong> maps = window.XorMaps!;
        CedtCxims record = new()
        {
            Type = CedtCxims.TypeId,
            RecordLength = (ushort)(CedtCxims.SpecSize + (sizeof(ulong) * maps.Count)),
            EncodedGranularity = encoded,
            MapCount = (byte)maps.Count,
        };
        table.Append(record, window, "windows of XOR arithmetic", MapsFields, maps.Select((map, i) => new ListItem(BitConverter.GetBytes(map), null, "xor_maps", i, string.Empty)));
    }
}
