namespace CxlSim.Kernel.Tests;

/// <summary>Free ranges as pages come and go.</summary>
public sealed class FreePagesTests
{
    private readonly FreePages _free = new();

    [Fact]
    public void NeighboursBecomeOne()
    {
        _free.Add(new PageRange(0, 10));
        _free.Add(new PageRange(20, 10));
        _free.Add(new PageRange(10, 10));

        _free.Ranges.Should().Equal(new PageRange(0, 30));
        _free.Total.Should().Be(30);
    }

    [Fact]
    public void BlocksAreAligned_TheLowestFirst()
    {
        _free.Add(new PageRange(1, 30));

        _free.Take(order: 3, blocks: 2, within: PageRange.All).Should().Equal(new PageRange(8, 16));
        _free.Ranges.Should().Equal(new PageRange(1, 7), new PageRange(24, 7));
        _free.Take(order: 3, blocks: 1, within: PageRange.All).Should().BeEmpty("neither of the rests has eight pages that are aligned");
        _free.Take(order: 0, blocks: 8, within: PageRange.All).Should().Equal(new PageRange(1, 7), new PageRange(24, 1));
    }

    [Fact]
    public void RemovingTellsWhatWasFree()
    {
        _free.Add(new PageRange(0, 10));
        _free.Add(new PageRange(20, 10));

        _free.Remove(new PageRange(5, 20)).Should().Equal(new PageRange(5, 5), new PageRange(20, 5));
        _free.Ranges.Should().Equal(new PageRange(0, 5), new PageRange(25, 5));
    }

    /// <summary>Against one flag for each page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomUse_AgreesWithFlags(int seed)
    {
        const int pages = 256;
        Random random = new(seed);
        bool[] flags = new bool[pages];
        for (int round = 0; round < 2000; round++)
        {
            PageRange range = new((ulong)random.Next(pages), 0);
            range = range with { Pages = (ulong)random.Next(1, pages - (int)range.StartPfn + 1) };
            int order = random.Next(4);
            IReadOnlyList<PageRange> taken = random.Next(3) switch
            {
                0 => _free.Remove(range),
                1 => _free.Take(order, (ulong)random.Next(1, 8), PageRange.All),
                _ => AddMissing(flags, range),
            };
            foreach (ulong pfn in taken.SelectMany(Pfns))
            {
                flags[pfn].Should().BeTrue("page {0} was free", pfn);
                flags[pfn] = false;
            }

            _free.Ranges.SelectMany(Pfns).Should().Equal(Enumerable.Range(0, pages).Where(pfn => flags[pfn]).Select(pfn => (ulong)pfn));
            _free.Total.Should().Be((ulong)flags.Count(flag => flag));
            _free.Ranges.Zip(_free.Ranges.Skip(1)).Should().NotContain(pair => pair.First.EndPfn >= pair.Second.StartPfn);
        }
    }

    private IReadOnlyList<PageRange> AddMissing(bool[] flags, PageRange range)
    {
        foreach (ulong pfn in Pfns(range).Where(pfn => !flags[pfn]).ToArray())
        {
            flags[pfn] = true;
            _free.Add(new PageRange(pfn, 1));
        }

        return [];
    }

    private static IEnumerable<ulong> Pfns(PageRange range) => Enumerable.Range((int)range.StartPfn, (int)range.Pages).Select(pfn => (ulong)pfn);
}
