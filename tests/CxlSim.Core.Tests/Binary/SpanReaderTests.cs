namespace CxlSim.Core.Tests.Binary;

public class SpanReaderTests
{
    private static readonly byte[] Fifteen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    [Fact]
    public void Fields_AreReadInOrder_LittleEndian()
    {
        SpanReader reader = new(Fifteen);

        reader.U8().Should().Be(0x01);
        reader.U16().Should().Be(0x0302);
        reader.U32().Should().Be(0x0706_0504u);
        reader.U64().Should().Be(0x0f0e_0d0c_0b0a_0908ul);
        reader.Remaining.Should().Be(0);
        reader.Truncated.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void ReadPastTheEnd_GivesZero_AndDoesNotMove(int available)
    {
        SpanReader reader = new(Fifteen.AsSpan(0, available));

        reader.U64().Should().Be(0);

        reader.Truncated.Should().BeTrue();
        reader.Position.Should().Be(0);
    }

    [Fact]
    public void EveryWidth_NoticesTheEnd()
    {
        ReadOnlySpan<int> widths = [1, 2, 4, 8];
        foreach (int width in widths)
        {
            SpanReader reader = new(Fifteen.AsSpan(0, width - 1));
            ulong value = width switch { 1 => reader.U8(), 2 => reader.U16(), 4 => reader.U32(), _ => reader.U64() };
            value.Should().Be(0);
            reader.Truncated.Should().BeTrue();
        }
    }

    [Fact]
    public void Truncated_Stays_WhenALaterReadFits()
    {
        SpanReader reader = new(Fifteen.AsSpan(0, 3));
        reader.U32();

        reader.U8().Should().Be(1);

        reader.Truncated.Should().BeTrue();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    [InlineData(int.MaxValue)]
    public void SkipAndBytes_RefuseCountsThatLie(int count)
    {
        SpanReader reader = new(Fifteen);

        reader.Bytes(count).Length.Should().Be(0);
        reader.Skip(count);

        reader.Truncated.Should().BeTrue();
        reader.Remaining.Should().Be(15);
    }

    [Fact]
    public void Ascii_TrimsPadding()
    {
        SpanReader reader = new("BOCHS BXPC\0\0"u8);

        reader.Ascii(6).Should().Be("BOCHS");
        reader.Ascii(6).Should().Be("BXPC");
        reader.Position.Should().Be(12);
    }
}
