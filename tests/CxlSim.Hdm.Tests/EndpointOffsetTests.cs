using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>What one decoder makes of an address, against values worked out by hand (group O of the sheet on address translation).</summary>
public class EndpointOffsetTests
{
    // A multiple of every ways times granularity, so that position by address and position by offset are the same.
    private static readonly Hpa Start = new(0x30_0000_0000);

    public static TheoryData<string, int, int, int, ulong, ulong> Vectors => new()
    {
        { "O1", 1, 256, 0, 0x0, 0x0 },
        { "O2", 1, 256, 0, 0x12345678, 0x12345678 },
        { "O3", 1, 16384, 0, 0xfffffff, 0xfffffff },
        { "O4", 2, 256, 0, 0x0, 0x0 },
        { "O5", 2, 256, 1, 0x0, 0x100 },
        { "O6", 2, 256, 1, 0xff, 0x1ff },
        { "O7", 2, 256, 0, 0x100, 0x200 },
        { "O8", 2, 256, 1, 0x1fedcba98, 0x3fdb97598 },
        { "O9", 2, 4096, 1, 0xabc, 0x1abc },
        { "O10", 2, 4096, 0, 0x1000, 0x2000 },
        { "O11", 4, 256, 2, 0x4ff, 0x12ff },
        { "O12", 4, 1024, 3, 0x12345, 0x48f45 },
        { "O13", 8, 256, 5, 0xfffff, 0x7ffdff },
        { "O14", 8, 16384, 7, 0x40003fff, 0x20001ffff },
        { "O15", 16, 256, 15, 0x1ff, 0x1fff },
        { "O16", 16, 16384, 9, 0x7654321, 0x76564321 },
        { "O17", 3, 256, 0, 0x0, 0x0 },
        { "O18", 3, 256, 2, 0xff, 0x2ff },
        { "O19", 3, 256, 1, 0x100, 0x400 },
        { "O20", 3, 512, 2, 0x3fffffff, 0xbfffffff },
        { "O21", 6, 256, 0, 0x200, 0xc00 },
        { "O22", 6, 256, 5, 0x2ab, 0x11ab },
        { "O23", 6, 4096, 4, 0x10000fff, 0x60004fff },
        { "O24", 12, 256, 11, 0x1ff, 0x17ff },
        { "O25", 12, 1024, 7, 0xdeadbee, 0xa7023fee },
        { "O26", 12, 16384, 3, 0xfffc001, 0xbffdc001 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void AddressFallsAtPositionAndOffset_AndComesBack(string row, int ways, int granularity, int position, ulong dpaOffset, ulong hpaOffset)
    {
        HdmDecoder decoder = new(AddressRange.Of(Start, ByteSize.GiB(24)), ways, granularity, 0);
        Hpa address = Start + new ByteSize(hpaOffset);

        decoder.PositionOf(address).Should().Be(position, "of {0}", row);
        decoder.OffsetOf(address).Bytes.Should().Be(dpaOffset, "of {0}", row);
        decoder.AddressOf(new ByteSize(dpaOffset), position).Should().Be(address, "of {0}", row);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TableAnswersTheSame(string row, int ways, int granularity, int position, ulong dpaOffset, ulong hpaOffset)
    {
        Geometry geometry = new(Start, ByteSize.GiB(12), (ways, granularity), []);
        EveryTranslator translator = geometry.Translator;
        Hpa address = Start + new ByteSize(hpaOffset);

        Translation found = translator.Translate(address);
        (found.Outcome, found.Device, found.Address).Should().Be((DecodeOutcome.Hit, position, new Dpa(dpaOffset)), "of {0}", row);
        translator.Reverse(position, new Dpa(dpaOffset)).Should().Be(address, "of {0}", row);
    }

    // Rows of group U: hardware looks at absolute address bits, so a base that is no multiple of three chunks turns the positions.
    [Theory]
    [InlineData(0x3010000000, 1, 0x0)]
    [InlineData(0x3010000100, 2, 0x0)]
    [InlineData(0x3010000200, 0, 0x0)]
    [InlineData(0x3010000500, 0, 0x100)]
    [InlineData(0x30100004ff, 2, 0x1ff)]
    public void ThreeWayPosition_CountsAbsoluteBits_WhenTheBaseIsNoMultipleOfThree(ulong address, int position, ulong dpaOffset)
    {
        HdmDecoder decoder = new(AddressRange.Of(new Hpa(0x3010000000), ByteSize.MiB(768)), 3, 256, 0);

        decoder.PositionOf(new Hpa(address)).Should().Be(position);
        decoder.OffsetOf(new Hpa(address)).Bytes.Should().Be(dpaOffset);
    }
}
