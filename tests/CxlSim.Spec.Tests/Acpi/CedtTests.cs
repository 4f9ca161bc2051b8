using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Spec.Tests.Acpi;

public class CedtTests
{
    private readonly GoldenTable _table = new("01-single-volatile", "CEDT");

    [Fact]
    public void Header_IsThatOfACedt()
    {
        AcpiTableHeader header = _table.Header;

        AcpiTableHeader.Name(header.Signature).Should().Be("CEDT");
        header.Signature.Should().Be(AcpiTableHeader.SignatureOf("CEDT"));
        header.Length.Should().Be((uint)_table.Bytes.Length);
        header.Revision.Should().Be(1);
        AcpiChecksum.IsValid(_table.Bytes).Should().BeTrue();
    }

    [Fact]
    public void Chbs_SaysWhereTheBridgesRegistersLie()
    {
        CedtChbs chbs = _table.Read<CedtChbs>(Records(CedtChbs.TypeId).Single());

        chbs.RecordLength.Should().Be((ushort)CedtChbs.SpecSize);
        chbs.Uid.Should().Be(12);
        chbs.CxlVersion.Should().Be(CedtChbs.VersionVh);
        chbs.Base.Should().Be(0x4_8000_0000);
        chbs.Length.Should().Be(CedtChbs.ComponentLength).And.Be(0x10000);
    }

    [Fact]
    public void Cfmws_DescribesOneWindowOfFourGibibytes()
    {
        int offset = Records(CedtCfmws.TypeId).Single();
        CedtCfmws cfmws = _table.Read<CedtCfmws>(offset);

        cfmws.BaseHpa.Should().Be(0x4_9000_0000);
        cfmws.WindowSize.Should().Be(4ul << 30);
        cfmws.EncodedWays.Should().Be(0);
        cfmws.EncodedGranularity.Should().Be(0);
        cfmws.Arithmetic.Should().Be(CedtCfmws.ArithmeticModulo);
        cfmws.Restrictions.Should().Be(0xf).And.Be(
            CedtCfmws.RestrictDeviceCoherent | CedtCfmws.RestrictHostOnly | CedtCfmws.RestrictVolatile | CedtCfmws.RestrictPersistent);
        cfmws.QtgId.Should().Be(0);
    }

    [Fact]
    public void Cfmws_IsFollowedByItsTargets()
    {
        int offset = Records(CedtCfmws.TypeId).Single();
        CedtCfmws cfmws = _table.Read<CedtCfmws>(offset);

        Interleave.TryDecodeWays(cfmws.EncodedWays, out int ways).Should().BeTrue();

        cfmws.RecordLength.Should().Be((ushort)(CedtCfmws.SpecSize + (4 * ways)));
        BitConverter.ToUInt32(_table.Bytes, offset + CedtCfmws.SpecSize).Should().Be(12);
    }

    private IReadOnlyList<int> Records(byte type) => _table.Records(type, AcpiTableHeader.SpecSize, lengthOffset: 2, lengthSize: 2);
}
