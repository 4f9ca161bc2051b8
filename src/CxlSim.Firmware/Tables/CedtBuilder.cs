using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>CXL Early Discovery Table: where bridges' registers lie, and the fixed windows (CXL r3.1 9.18.1).</summary>
public static class CedtBuilder
{
    private const byte Revision = 1;

    public static byte[] Build(PlatformDescription platform)
    {
        AcpiTable table = new("CEDT", Revision, platform.Firmware);
        foreach (HostBridgeDescription bridge in platform.HostBridges)
        {
            if (bridge.Cxl is { } cxl)
            {
                table.Body.Bytes(BinaryLayout.ToBytes(new CedtChbs
                {
                    Type = CedtChbs.TypeId,
                    RecordLength = (ushort)CedtChbs.SpecSize,
                    Uid = bridge.Uid,
                    CxlVersion = CedtChbs.VersionVh,
                    Base = cxl.ComponentRegisters.Value,
                    Length = CedtChbs.ComponentLength,
                }));
            }
        }

        foreach (WindowDescription window in platform.Windows)
        {
            Append(table.Body, window);
        }

        foreach (IGrouping<int, WindowDescription> windows in platform.Windows.Where(window => window.XorMaps is { Count: > 0 }).GroupBy(window => window.Granularity))
        {
            AppendMaps(table.Body, windows.Key, windows.Select(window => window.XorMaps!).MaxBy(maps => maps.Count)!);
        }

        return table.Finish();
    }

    private static void Append(ByteWriter body, WindowDescription window)
    {
        Check.That(Interleave.TryEncodeWays(window.Targets.Count, out byte ways), "legal ways in a checked platform");
        Check.That(Interleave.TryEncodeGranularity(window.Granularity, out byte granularity), "a legal granularity in a checked platform");
        body.Bytes(BinaryLayout.ToBytes(new CedtCfmws
        {
            Type = CedtCfmws.TypeId,
            RecordLength = (ushort)(CedtCfmws.SpecSize + (4 * window.Targets.Count)),
            BaseHpa = window.Range.Start.Value,
            WindowSize = window.Range.Size.Bytes,
            EncodedWays = ways,
            Arithmetic = window.XorMaps is null ? CedtCfmws.ArithmeticModulo : CedtCfmws.ArithmeticXor,
            EncodedGranularity = granularity,
            Restrictions = window.Restrictions,
            QtgId = window.QosClass,
        }));
        foreach (uint uid in window.Targets)
        {
            body.U32(uid);
        }
    }

    /// <summary>One structure for a granularity: windows find theirs by it, and each takes as many maps as it needs.</summary>
    private static void AppendMaps(ByteWriter body, int granularity, IReadOnlyList<ulong> maps)
    {
        Check.That(Interleave.TryEncodeGranularity(granularity, out byte encoded), "a legal granularity in a checked platform");
        body.Bytes(BinaryLayout.ToBytes(new CedtCxims
        {
            Type = CedtCxims.TypeId,
            RecordLength = (ushort)(CedtCxims.SpecSize + (sizeof(ulong) * maps.Count)),
            EncodedGranularity = encoded,
            MapCount = (byte)maps.Count,
        }));
        foreach (ulong map in maps)
        {
            body.U64(map);
        }
    }
}
