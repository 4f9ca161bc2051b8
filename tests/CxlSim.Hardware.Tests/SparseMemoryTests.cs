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
}
