using CxlSim.Core;

namespace CxlSim.Timing.Tests.Traffic;

public class AddressPoolTests
{
    private static readonly AddressRange Near = AddressRange.Of(new Hpa(0x10000), ByteSize.KiB(16));
    private static readonly AddressRange Far = AddressRange.Of(new Hpa(0x100000), ByteSize.KiB(64));

    [Fact]
    public void RangesWithoutWeights_FollowEachOther()
    {
        AddressPool pool = new([Near, Far], []);

        pool.Lines.Should().Be((16 + 64) * 16);
        pool.At(0).Value.Should().Be(0x10000);
        pool.At(255).Value.Should().Be(0x13fc0);
        pool.At(256).Value.Should().Be(0x100000);
        pool.At(pool.Lines - 1).Value.Should().Be(0x10ffc0);
    }

    /// <summary>Pages in turn, as with MPOL_INTERLEAVE; the smaller range says how many rounds there are.</summary>
    [Fact]
    public void EqualWeights_GivePagesInTurn()
    {
        AddressPool pool = new([Near, Far], [1, 1]);

        Pages(pool).Should().Equal(0x10000, 0x100000, 0x11000, 0x101000, 0x12000, 0x102000, 0x13000, 0x103000);
    }

    [Fact]
    public void Weights_GiveSoManyPagesEach()
    {
        AddressPool pool = new([Near, Far], [1, 3]);

        Pages(pool).Take(8).Should().Equal(0x10000, 0x100000, 0x101000, 0x102000, 0x11000, 0x103000, 0x104000, 0x105000);
    }

    [Fact]
    public void Lines_AreMetOnceEach()
    {
        AddressPool pool = new([Near, Far], [2, 3]);

        Enumerable.Range(0, (int)pool.Lines).Select(line => pool.At((ulong)line).Value).Should().OnlyHaveUniqueItems();
    }

    private static IEnumerable<ulong> Pages(AddressPool pool)
    {
        for (ulong line = 0; line < pool.Lines; line += 64)
        {
            yield return pool.At(line).Value;
        }
    }
}
