using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>What remains of the sheet on address translation beside whole walks: groups P, X and K, and the set-ups of section 4.7.</summary>
public class TranslatorTests
{
    private static readonly ByteSize Chunk = new(256);

    /// <summary>Device by device, as the chunks of the first two stripes reach them; devices are numbered by their way, the root's choice counting most.</summary>
    public static TheoryData<string, int[]> Stripes => new()
    {
        { "x4 through two switches", [0, 2, 1, 3] },
        { "x2 behind one switch", [0, 1] },
        { "X8", [0, 4, 2, 6, 1, 5, 3, 7] },
        { "T3", [0, 1, 2] },
        { "root x12", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "16 endpoints over 4 bridges", [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] },
    };

    // Six ways over a three-way root: bridge and port follow the chunk's remainders by 3 and by 2 (group P, the physical columns).
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 2, 0, 0)]
    [InlineData(3, 0, 1, 0)]
    [InlineData(4, 1, 0, 0)]
    [InlineData(5, 2, 1, 0)]
    [InlineData(7, 1, 1, 0x100)]
    [InlineData(10, 1, 0, 0x100)]
    public void SixWaysOverThreeBridges_AreDecodedPhysically(ulong chunk, int bridge, int target, ulong dpa)
    {
        Geometry geometry = SetUps.Named["P"];
        EveryTranslator translator = geometry.Translator;
        Hpa address = geometry.Start + (Chunk * chunk);

        Translation found = translator.Translate(address);

        (found.Outcome, found.Device, found.Address).Should().Be((DecodeOutcome.Hit, geometry.DeviceAt(bridge, target), new Dpa(dpa)));
        translator.Table.Explain(address).SkipLast(1).Select(step => step.Position).Should().Equal(bridge, target);
        translator.Reverse(found.Device, found.Address).Should().Be(address);
    }

    // Group X, as hardware sees it: what a CPU issues becomes the modulo address, and that says device and DPA.
    [Theory]
    [InlineData("XR1", 0x0, 1, 2, 0x100, 0x100)]
    [InlineData("XR2", 0x8000, 1, 2, 0x10100, 0x10100)]
    [InlineData("XR3", 0x10000, 0, 2, 0x20000, 0x20100)]
    [InlineData("XR4", 0x4000000, 2, 4, 0x10000200, 0x10000200)]
    [InlineData("XR5", 0x8080, 3, 4, 0x20380, 0x20280)]
    [InlineData("XR6", 0x1234, 5, 8, 0x9534, 0x9734)]
    [InlineData("XR7", 0x100, 15, 16, 0x1f00, 0x1c00)]
    [InlineData("XR8", 0x1000, 2, 3, 0x3200, 0x3200)]
    [InlineData("XR9", 0x20000, 5, 6, 0xc0500, 0xc0500)]
    [InlineData("XR10", 0x4000, 11, 12, 0x30b00, 0x30b00)]
    public void XorWindow_TakesPositionFromParities(string row, ulong dpa, int position, int ways, ulong modulo, ulong issued)
    {
        Geometry geometry = SetUps.WithFourMaps(ways);
        EveryTranslator translator = geometry.Translator;
        Hpa address = geometry.Start + new ByteSize(issued);

        Translation found = translator.Translate(address);

        (found.Outcome, found.Device, found.Address).Should().Be((DecodeOutcome.Hit, position, new Dpa(dpa)), "of {0}", row);
        translator.Table.Explain(address)[0].Address.Should().Be(geometry.Start + new ByteSize(modulo), "of {0}", row);
        translator.Reverse(position, found.Address).Should().Be(address, "of {0}", row);
    }

    [Theory]
    [MemberData(nameof(Stripes))]
    public void Stripe_GoesRoundAllDevices(string setUp, int[] devices)
    {
        Geometry geometry = SetUps.Named[setUp];
        EveryTranslator translator = geometry.Translator;
        ByteSize granularity = new((ulong)geometry.Root.Granularity);
        for (int chunk = 0; chunk < 2 * devices.Length; chunk++)
        {
            Translation found = translator.Translate(geometry.Start + (granularity * (ulong)chunk));
            Dpa expected = Dpa.Zero + new ByteSize(geometry.Skip) + (granularity * (ulong)(chunk / devices.Length));
            (found.Device, found.Address).Should().Be((devices[chunk % devices.Length], expected), "of chunk {0}", chunk);
        }
    }

    // A map whose lowest bit chooses no target is not forbidden. Here bit 28 becomes 0, and decoders see what the window does not claim.
    [Fact]
    public void MapOfAHighBit_MovesAddressesOutOfTheWindow_AndTheyComeBack()
    {
        HdmDecoder decoder = new(AddressRange.Of(new Hpa(0x1_0000_0000), ByteSize.MiB(256)), 2, 256, 0);
        EveryTranslator translator = new(new DecodeWindow(
            AddressRange.Of(new Hpa(0x1_1000_0000), ByteSize.MiB(256)), 256, [new EndpointNode(0, [decoder]), new EndpointNode(1, [decoder])], [0x1_1000_0000]));
        Hpa address = new(0x1_1000_0312);

        Translation found = translator.Translate(address);

        (found.Outcome, found.Device, found.Address).Should().Be((DecodeOutcome.Hit, 1, new Dpa(0x112)));
        translator.Reverse(1, found.Address).Should().Be(address);
    }

    [Fact]
    public void LaterDecoder_StartsAfterCapacityAndSkipOfThoseBefore()
    {
        // 1 GiB over two ways gives 0x20000000, a skip of 0x20000000 follows (vector K11).
        HdmDecoder first = new(AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1)), 2, 256, 0);
        HdmDecoder second = new(AddressRange.Of(new Hpa(0x1040000000), ByteSize.GiB(2)), 4, 256, 0x20000000);
        EndpointNode endpoint = new(0, [first, second]);
        EveryTranslator translator = new(new DecodeWindow(AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(4)), 256, [endpoint]));

        translator.Translate(second.Range.Start).Address.Should().Be(new Dpa(0x40000000));
        translator.Translate(first.Range.Last).Address.Should().Be(new Dpa(0x1fffffff));
        translator.Reverse(0, new Dpa(0x40000000)).Should().Be(second.Range.Start);
        translator.Reverse(0, new Dpa(0x20000000)).Should().BeNull("it is skipped");
    }
}
