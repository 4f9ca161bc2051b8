using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>A run is as long as it says: neighbours in, strangers out.</summary>
public class RunTests
{
    [Theory]
    [InlineData(0x1000000000, 256)]
    [InlineData(0x10000000ff, 1)]
    [InlineData(0x1000000140, 192)]
    public void InterleavedRun_EndsWithTheChunk(ulong address, ulong bytes)
    {
        Geometry geometry = new(new Hpa(0x1000000000), ByteSize.GiB(1), (2, 256), [(2, 512)]);

        geometry.Translator.Translate(new Hpa(address)).Run.Should().Be(new ByteSize(bytes));
    }

    [Fact]
    public void OneWayRun_GoesOnToTheEndOfTheDecoder()
    {
        Geometry geometry = new(new Hpa(0x1000000000), ByteSize.GiB(1), (1, 256), [(1, 256), (1, 0)]);

        geometry.Translator.Translate(new Hpa(0x1000000123)).Run.Should().Be(new ByteSize(0x40000000 - 0x123));
    }

    [Fact]
    public void Run_EndsWithTheNarrowestLevel()
    {
        AddressRange window = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));
        HdmDecoder half = new(AddressRange.Of(window.Start, ByteSize.MiB(512)), 1, 256, 0);
        PortNode bridge = new([half], new Dictionary<byte, DecodeNode> { [0] = new EndpointNode(0, [new HdmDecoder(window, 1, 256, 0)]) });

        new EveryTranslator(new DecodeWindow(window, 256, [bridge])).Translate(window.Start).Run.Should().Be(ByteSize.MiB(512));
    }

    [Theory]
    [InlineData(1, 256, 1, 256)]
    [InlineData(2, 256, 2, 512)]
    [InlineData(3, 512, 1, 512)]
    [InlineData(3, 256, 2, 256)]
    [InlineData(4, 1024, 1, 4096)]
    [InlineData(1, 16384, 4, 16384)]
    public void EveryByteOfARun_IsTheNeighbour_AndTheNextIsNot(int rootWays, int rootGranularity, int bridgeWays, int bridgeGranularity)
    {
        Geometry geometry = new(new Hpa(0x3000000000), ByteSize.MiB(256), (rootWays, rootGranularity), [(bridgeWays, bridgeGranularity)]);
        EveryTranslator translator = geometry.Translator;
        Hpa address = geometry.Start + new ByteSize(0x8123);

        Translation first = translator.Translate(address);
        ulong length = Math.Min(first.Run.Bytes, 0x8000);
        for (ulong i = 0; i < length; i++)
        {
            Translation next = translator.Translate(address + new ByteSize(i));
            next.Device.Should().Be(first.Device);
            next.Address.Should().Be(first.Address + new ByteSize(i));
            next.Run.Bytes.Should().Be(first.Run.Bytes - i);
        }

        if (geometry.Ways > 1)
        {
            translator.Translate(address + first.Run).Device.Should().NotBe(first.Device);
        }
    }
}
