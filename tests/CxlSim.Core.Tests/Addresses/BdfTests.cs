namespace CxlSim.Core.Tests.Addresses;

public class BdfTests
{
    [Theory]
    [InlineData(0, 0x0d, 0, 0, "0000:0d:00.0", 0x0d00)]
    [InlineData(0, 0x0c, 0x1f, 7, "0000:0c:1f.7", 0x0cff)]
    [InlineData(0xabcd, 0xff, 0x1f, 7, "abcd:ff:1f.7", 0xffff)]
    public void TextAndRoutingId_AreThoseOfLinux(int segment, int bus, int device, int function, string text, int routingId)
    {
        Bdf bdf = new((ushort)segment, (byte)bus, (byte)device, (byte)function);

        bdf.ToString().Should().Be(text);
        bdf.RoutingId.Should().Be((ushort)routingId);
    }

    [Fact]
    public void Order_IsSegmentBusDeviceFunction()
    {
        Bdf[] ordered = [new(0, 0, 0, 1), new(0, 0, 1, 0), new(0, 1, 0, 0), new(0, 0xff, 0x1f, 7), new(1, 0, 0, 0), new(0xffff, 0, 0, 0)];

        ordered.Reverse().Order().Should().Equal(ordered);
    }
}
