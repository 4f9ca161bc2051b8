using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Links;

public class LinkDirectionTests
{
    private static readonly LinkRate Narrow = new(8, 32, FlitMode.Flit68); // a slot takes 531.25 ps

    [Fact]
    public void Message_IsOutWhenItsSlotsAre() => new LinkDirection(Narrow.Cost).Send(new SimTime(1000), MemoryMessage.Req).Picoseconds.Should().Be(1000 + 532);

    /// <summary>Picoseconds are rounded once, not with every message: four slots take 2125.</summary>
    [Fact]
    public void Messages_LeaveOneAfterTheOther()
    {
        LinkDirection link = new(Narrow.Cost);

        long[] ends = [.. Enumerable.Range(0, 4).Select(_ => link.Send(SimTime.Zero, MemoryMessage.Req).Picoseconds)];

        ends.Should().Equal(532, 1063, 1594, 2125);
        link.Backlog(125).Should().Be(2000);
        link.Backlog(3000).Should().Be(0);
        link.Send(new SimTime(3000), MemoryMessage.RwD).Picoseconds.Should().Be(3000 + 2657);
        link.Busy.Should().Be(2125 + 2657);
    }
}
