using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Links;

public class LinkDirectionTests
{
    private static readonly LinkRate Narrow = new(8, 32, FlitMode.Flit68); // a slot takes 531.25 ps

    private static readonly WireTime Request = Narrow.Cost.WireTimeOf(MemoryMessage.Req);

    [Fact]
    public void Message_IsOutWhenItsSlotsAre() => new LinkDirection(Narrow.Cost.Divisor).Send(new SimTime(1000), Request).Picoseconds.Should().Be(1000 + 532);

    /// <summary>Picoseconds are rounded once, not with every message: four slots take 2125.</summary>
    [Fact]
    public void Messages_LeaveOneAfterTheOther()
    {
        LinkDirection link = new(Narrow.Cost.Divisor);

        long[] ends = [.. Enumerable.Range(0, 4).Select(_ => link.Send(SimTime.Zero, Request).Picoseconds)];

        ends.Should().Equal(532, 1063, 1594, 2125);
        link.Backlog(125).Should().Be(2000);
        link.Backlog(3000).Should().Be(0);
        link.Send(new SimTime(3000), Narrow.Cost.WireTimeOf(MemoryMessage.RwD)).Picoseconds.Should().Be(3000 + 2657);
        link.Busy.Should().Be(2125 + 2657);
    }

    /// <summary>Parts of a picosecond are of messages that follow each other; after a pause there are none.</summary>
    [Fact]
    public void PartsAreLost_WhenTheWireIsFree()
    {
        LinkDirection link = new(Narrow.Cost.Divisor);
        for (int i = 0; i < 3; i++)
        {
            link.Send(SimTime.Zero, Request);
        }

        long[] ends = [.. Enumerable.Range(0, 2).Select(_ => link.Send(new SimTime(1600), Request).Picoseconds)];

        ends.Should().Equal(1600 + 532, 1600 + 1063);
    }

    /// <summary>A wire that is free for as long as a part of a picosecond is not busy; one that is not goes on with the parts it has.</summary>
    [Theory]
    [InlineData(531, 1063, 1063)]
    [InlineData(532, 1064, 1064)]
    [InlineData(533, 1065, 1064)]
    public void NextMessage_CountsOn_UntilTheWireIsFree(long comes, long isOut, long busy)
    {
        LinkDirection link = new(Narrow.Cost.Divisor);
        link.Send(SimTime.Zero, Request);

        link.Send(new SimTime(comes), Request).Picoseconds.Should().Be(isOut);

        link.Busy.Should().Be(busy);
    }
}
