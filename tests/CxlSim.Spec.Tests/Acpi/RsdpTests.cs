using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests.Acpi;

public class RsdpTests
{
    [Fact]
    public void ExpectedSignature_IsTheTextWithItsTrailingBlank() =>
        BinaryLayout.ToBytes(new Rsdp { Signature = Rsdp.ExpectedSignature }).AsSpan(0, 8).ToArray().Should().Equal("RSD PTR "u8.ToArray());

    [Fact]
    public void Fields_LieWhereTheSpecificationPutsThem()
    {
        byte[] bytes = BinaryLayout.ToBytes(new Rsdp { Checksum = 1, Revision = 2, RsdtAddress = 3, Length = 36, XsdtAddress = 5, ExtendedChecksum = 6 });

        (bytes[8], bytes[15], bytes[16], bytes[20], bytes[24], bytes[32]).Should().Be(((byte)1, (byte)2, (byte)3, (byte)36, (byte)5, (byte)6));
    }
}
