namespace CxlSim.Core.Tests.Binary;

public class ByteWriterTests
{
    [Fact]
    public void Fields_AreWrittenInOrder_LittleEndian() => new ByteWriter()
        .U8(0x01).U16(0x0302).U32(0x0706_0504).U64(0x0f0e_0d0c_0b0a_0908)
        .ToArray().Should().Equal(Enumerable.Range(1, 15).Select(i => (byte)i));

    [Fact]
    public void Buffer_GrowsAsNeeded_AndKeepsWhatWasWritten()
    {
        ByteWriter writer = new();
        for (int i = 0; i < 1000; i++)
        {
            writer.U16((ushort)i);
        }

        writer.Length.Should().Be(2000);
        SpanReader reader = new(writer.ToArray());
        for (int i = 0; i < 1000; i++)
        {
            reader.U16().Should().Be((ushort)i);
        }
    }

    [Fact]
    public void OneLargeField_GrowsTheBufferAtOnce()
    {
        byte[] large = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i & 0xff))];

        new ByteWriter().U8(9).Bytes(large).ToArray().Should().Equal(large.Prepend((byte)9));
    }

    [Fact]
    public void At_FillsInWhatWasPassed()
    {
        ByteWriter writer = new ByteWriter().U32(0).U8(7);

        writer.At(0, 4)[0] = (byte)writer.Length;

        writer.ToArray().Should().Equal(5, 0, 0, 0, 7);
    }

    [Fact]
    public void At_RefusesWhatWasNotWrittenYet()
    {
        ByteWriter writer = new ByteWriter().U32(0);

        writer.Invoking(w => w.At(2, 3).Clear()).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Ascii_PadsAndCuts() => new ByteWriter().Ascii("AB", 4, (byte)' ').Ascii("CDEFG", 3).Ascii("H", 2)
        .ToArray().Should().Equal("AB  CDEH\0"u8.ToArray());

    [Fact]
    public void Zeros_AreZeros() => new ByteWriter().U8(1).Zeros(3).U8(2).ToArray().Should().Equal(1, 0, 0, 0, 2);

    [Fact]
    public void ToArray_IsACopy()
    {
        ByteWriter writer = new ByteWriter().U8(1);
        byte[] copy = writer.ToArray();

        writer.At(0, 1)[0] = 2;

        copy.Should().Equal(1);
    }
}
