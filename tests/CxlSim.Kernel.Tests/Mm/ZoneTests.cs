namespace CxlSim.Kernel.Tests;

/// <summary>What a zone spans and holds as blocks come and go.</summary>
public sealed class ZoneTests
{
    private readonly Zone _zone = new(ZoneType.Movable);

    [Fact]
    public void Grow_SpansTheHoleBetween()
    {
        Add(100, 10);
        Add(130, 10);

        (_zone.StartPfn, _zone.SpannedPages, _zone.PresentPages).Should().Be((100UL, 40UL, 20UL));
        _zone.Overlaps(115, 5).Should().BeTrue("the hole is spanned");
        _zone.Overlaps(140, 5).Should().BeFalse();
        _zone.Overlaps(90, 10).Should().BeFalse();
    }

    [Fact]
    public void Remove_AtAnEdgeShrinksTheSpan()
    {
        Add(100, 10);
        Add(110, 10);
        Add(130, 10);

        _zone.RemovePages(new PageRange(130, 10), 9);

        (_zone.StartPfn, _zone.SpannedPages, _zone.PresentPages, _zone.ManagedPages).Should().Be((100UL, 20UL, 20UL, 18UL));
    }

    [Fact]
    public void Remove_InTheMiddleLeavesTheSpan()
    {
        Add(100, 10);
        Add(110, 10);
        Add(120, 10);

        _zone.RemovePages(new PageRange(110, 10), 9);

        (_zone.StartPfn, _zone.SpannedPages, _zone.PresentPages).Should().Be((100UL, 30UL, 20UL));
    }

    [Fact]
    public void Remove_OfTheLastPagesEmptiesTheZone()
    {
        Add(100, 10);

        _zone.RemovePages(new PageRange(100, 10), 9);

        (_zone.StartPfn, _zone.SpannedPages, _zone.IsPopulated).Should().Be((0UL, 0UL, false));
        _zone.Overlaps(0, ulong.MaxValue).Should().BeFalse();
    }

    private void Add(ulong startPfn, ulong pages)
    {
        _zone.Grow(startPfn, pages);
        _zone.AddPages(new PageRange(startPfn, pages), pages - 1);
    }
}
