using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Kernel;

/// <summary>The CEDT of the mock platform: host bridges, windows one after the other, XOR maps (<c>populate_cedt</c> in <c>tools/testing/cxl/test/cxl.c</c>).</summary>
public static class MockCedt
{
    /// <summary>The throttling group of all windows, and of all memory behind them.</summary>
    public const ushort QtgId = 42;

    private static readonly ulong[] XorMaps = [0x404100, 0x808200];

    public static byte[] Build(bool isXor)
    {
        ByteWriter table = new();
        table.Zeros(AcpiTableHeader.SpecSize);
        for (uint uid = 0; uid < MockLayout.HostBridges; uid++)
        {
            bool isRestricted = uid == MockLayout.RestrictedBridge;
            table.Bytes(BinaryLayout.ToBytes(new CedtChbs
            {
                Type = CedtChbs.TypeId,
                RecordLength = (ushort)CedtChbs.SpecSize,
                Uid = uid,
                CxlVersion = isRestricted ? CedtChbs.VersionRch : CedtChbs.VersionVh,
                Base = MockLayout.HostBridge((int)uid).Value,
                Length = isRestricted ? CedtChbs.RcrbLength : CedtChbs.ComponentLength,
            }));
        }

        Hpa start = MockLayout.FirstWindow;
        foreach (MockWindow window in isXor ? MockWindow.Xor : MockWindow.Modulo)
        {
            Add(table, window, start, isXor);
            start += window.Size;
        }

        table.Bytes(BinaryLayout.ToBytes(new CedtCxims { Type = CedtCxims.TypeId, RecordLength = (ushort)(CedtCxims.SpecSize + (8 * XorMaps.Length)), MapCount = (byte)XorMaps.Length }));
        foreach (ulong map in XorMaps)
        {
            table.U64(map);
        }

        BinaryLayout.ToBytes(new AcpiTableHeader { Signature = AcpiTableHeader.SignatureOf("CEDT"), Length = (uint)table.Length, Revision = 1 }).CopyTo(table.At(0, AcpiTableHeader.SpecSize));
        return table.ToArray();
    }

    private static void Add(ByteWriter table, MockWindow window, Hpa start, bool isXor)
    {
        Interleave.TryEncodeWays(window.Targets.Length, out byte eiw);
        Interleave.TryEncodeGranularity(window.Granularity, out byte eig);
        table.Bytes(BinaryLayout.ToBytes(new CedtCfmws
        {
            Type = CedtCfmws.TypeId,
            RecordLength = (ushort)(CedtCfmws.SpecSize + (4 * window.Targets.Length)),
            BaseHpa = start.Value,
            WindowSize = window.Size.Bytes,
            EncodedWays = eiw,
            Arithmetic = isXor ? CedtCfmws.ArithmeticXor : CedtCfmws.ArithmeticModulo,
            EncodedGranularity = eig,
            Restrictions = (ushort)(CedtCfmws.RestrictHostOnly | window.Kind),
            QtgId = QtgId,
        }));
        foreach (uint uid in window.Targets)
        {
            table.U32(uid);
        }
    }
}
