namespace CxlSim.Hardware.Tests;

public class SparseMemoryTests
{
    [Fact]
    public void UntouchedMemory_ReadsZerosAndCostsNothing()
    {
        SparseMemory memory = new();
        byte[] bytes = [1, 2, 3];

        memory.Read(1UL << 45, bytes);

        bytes.Should().Equal(0, 0, 0);
        memory.Touched.Should().Be(0);
    }

    [Fact]
    public void WriteAcrossPages_ReadsBack_AndCostsThePagesItTouched()
    {
        SparseMemory memory = new();
        byte[] bytes = [.. Enumerable.Range(0, 9000).Select(i => (byte)(i % 251))];

        memory.Write(0xffff_f0ff, bytes);

        byte[] read = new byte[9000];
        memory.Read(0xffff_f0ff, read);
        read.Should().Equal(bytes);
        memory.Touched.Should().Be(3 * 4096);
    }

    [Fact]
    public void FourTerabytes_CostTwoPages_WhenTheirEndsWereTouched()
    {
        SparseMemory memory = new();
        memory.Write(0, [1]);
        memory.Write((4UL << 40) - 1, [2]);

        memory.Touched.Should().Be(2 * 4096);
    }

    [Fact]
    public void Data_and_holes_are_found_by_pages()
    {
        SparseMemory memory = new();
        memory.Seek(0, data: true).Should().BeNull();
        memory.Seek(5, data: false).Should().Be(5UL);
        memory.Write(0x5010, [1]);
        memory.Write(0x6fff, [1]);

        memory.Seek(0, data: true).Should().Be(0x5000UL);
        memory.Seek(0x5123, data: true).Should().Be(0x5123UL);
        memory.Seek(0x5123, data: false).Should().Be(0x7000UL);
        memory.Seek(0x7000, data: true).Should().BeNull();
    }

    [Fact]
    public void What_is_cleared_reads_as_zeros_and_costs_nothing()
    {
        SparseMemory memory = new();
        memory.Write(0x5010, [1]);

        memory.Clear();

        byte[] found = new byte[1];
        memory.Read(0x5010, found);
        (found[0], memory.Touched).Should().Be(((byte)0, 0L));
    }

    /// <summary>Ten thousand pages all over 4 TiB, more than any first table holds: none is lost, none takes another's bytes.</summary>
    [Fact]
    public void ManyPages_KeepApart()
    {
        const int pages = 10_000;
        SparseMemory memory = new();
        Random random = new(7);
        Dictionary<ulong, ulong> stored = [];
        while (stored.Count < pages)
        {
            ulong page = (ulong)random.NextInt64(1L << 30);
            stored[page] = (ulong)random.NextInt64();
            memory.Write((page << 12) + (page % 511 * 8), BitConverter.GetBytes(stored[page]));
        }

        byte[] found = new byte[8];
        foreach ((ulong page, ulong value) in stored)
        {
            memory.Read((page << 12) + (page % 511 * 8), found);
            BitConverter.ToUInt64(found).Should().Be(value);
        }

        memory.Touched.Should().Be(pages * 4096);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xfff)]
    [InlineData(0x1000)]
    public void EmptyAccess_TouchesNothing(ulong offset)
    {
        SparseMemory memory = new();

        memory.Write(offset, []);
        memory.Read(offset, []);

        memory.Touched.Should().Be(0);
    }

    [Fact]
    public void LastByteOfTheAddressSpace_CanBeTouched()
    {
        SparseMemory memory = new();
        memory.Write(ulong.MaxValue, [9]);

        byte[] found = new byte[1];
        memory.Read(ulong.MaxValue, found);
        found.Should().Equal(9);
    }

    /// <summary>Against an array, with pages that are there on one side, on both, on none.</summary>
    [Fact]
    public void CopyFrom_IsWhatAnArrayWouldDo()
    {
        const int size = 5 * 4096;
        Random random = new(3);
        for (int round = 0; round < 500; round++)
        {
            SparseMemory source = new();
            SparseMemory destination = new();
            byte[] expectedSource = Filled(source, random, size);
            byte[] expected = Filled(destination, random, size);
            int count = random.Next(size);
            int from = random.Next(size - count);
            int to = random.Next(size - count);

            destination.CopyFrom(source, (ulong)from, (ulong)to, count);

            expectedSource.AsSpan(from, count).CopyTo(expected.AsSpan(to));
            byte[] found = new byte[size];
            destination.Read(0, found);
            found.Should().Equal(expected);
        }
    }

    [Fact]
    public void CopyOfWhatIsNotThere_CostsNothing()
    {
        SparseMemory destination = new();

        destination.CopyFrom(new SparseMemory(), 0x123, 0x4567, 100_000);

        destination.Touched.Should().Be(0);
    }

    private static byte[] Filled(SparseMemory memory, Random random, int size)
    {
        byte[] bytes = new byte[size];
        for (int page = 0; page < size; page += 4096)
        {
            if (random.Next(2) == 0)
            {
                random.NextBytes(bytes.AsSpan(page, 4096));
                memory.Write((ulong)page, bytes.AsSpan(page, 4096));
            }
        }

        return bytes;
    }
}
