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
            Arithmetic = CedtCfmws.ArithmeticModulo,
            EncodedGranularity = granularity,
            Restrictions = window.Restrictions,
            QtgId = window.QosClass,
        }));
        foreach (uint uid in window.Targets)
        {
            body.U32(uid);
        }
    }
}
