using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm.Tests;

public class ParityMatricesTests
{
    /// <summary>Fact sheet 20, XO4: the maps of a window of four ways.</summary>
    private static readonly XorArithmetic FourWays = new([0x202_0900, 0x404_1200]);

    [Fact]
    public void Changes_AreThoseOfTheMaps()
    {
        ParityMatrices matrices = ParityMatrices.Of(FourWays.Changes)!;
        matrices.Changing.Should().Be(0x300);
        foreach (ulong address in new ulong[] { 0, 0x100, 0x800, 0x2_0000, 0x200_0000, 0x202_0900, 0x1000, 0x404_1200, ulong.MaxValue })
        {
            ChangesOf(matrices, address).Should().Be((FourWays.Apply(address) ^ address) & 0x300, "of {0:x}", address);
        }
    }

    /// <summary>A mask stands for each byte of a map but those that are alike: twelve different ones are too many.</summary>
    [Theory]
    [InlineData(true, 0x0101_0101_0101_0100UL, 0x0202_0202_0202_0200UL, 0x0404_0404_0404_0400UL)]
    [InlineData(true, 0x0102_0408_1020_4100UL)]
    [InlineData(false, 0x0102_0408_1000_0100UL, 0x0103_0508_0000_0200UL)]
    public void Masks_AreEight(bool canDo, params ulong[] maps) => (ParityMatrices.Of(new XorArithmetic(maps).Changes) is not null).Should().Be(canDo);

    /// <summary>Bits 8 and 16 are the lowest of their bytes both.</summary>
    [Fact]
    public void BitsOfOnePlace_AreTooMany() => ParityMatrices.Of(new XorArithmetic([0x300, 0x3_0000]).Changes).Should().BeNull();

    [Fact]
    public void RandomMaps_ChangeTheSameBits()
    {
        Random random = new(20);
        for (int i = 0; i < 2000; i++)
        {
            XorArithmetic xor = new([.. Enumerable.Range(8, random.Next(1, 4)).Select(lowest => Narrowed(random.NextInt64(), lowest))]);
            ParityMatrices matrices = ParityMatrices.Of(xor.Changes)!;
            ulong address = (ulong)random.NextInt64();
            ChangesOf(matrices, address).Should().Be(xor.Apply(address) ^ address, "of {0:x} with {1}", address, matrices);
        }
    }

    /// <summary>A map whose lowest bit is given, with few enough others.</summary>
    private static ulong Narrowed(long map, int lowest) => ((ulong)map & 0x0000_0000_0ff0_0000) | 0x10_0000 | (1UL << lowest);

    private static ulong ChangesOf(ParityMatrices matrices, ulong address) =>
        Gfni.IsSupported ? matrices.ChangesOf(address) & matrices.Changing : WithoutProducts(matrices, address);

    /// <summary>The products as the definition of GF2P8AFFINEQB has them, bit by bit.</summary>
    private static ulong WithoutProducts(ParityMatrices matrices, ulong address)
    {
        ulong counting = Product(matrices.Masks, address) & matrices.Wanted;
        return Product(Product(ulong.MaxValue, counting), matrices.Sums) & matrices.Changing;
    }

    private static ulong Product(ulong bytes, ulong matrix)
    {
        ulong product = 0;
        for (int at = 0; at < 64; at++)
        {
            ulong row = (matrix >> (8 * (7 - (at % 8)))) & 0xff;
            ulong parity = (ulong)System.Numerics.BitOperations.PopCount(row & (bytes >> (8 * (at / 8))) & 0xff) & 1;
            product |= parity << at;
        }

        return product;
    }
}
