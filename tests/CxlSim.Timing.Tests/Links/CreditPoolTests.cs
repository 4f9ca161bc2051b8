namespace CxlSim.Timing.Tests.Links;

public class CreditPoolTests
{
    /// <summary>What the receiver gives back is there when it has come all the way, and not before.</summary>
    [Fact]
    public void ReturnedCredit_CanBeTaken_OnceItIsBack()
    {
        CreditPool pool = new(count: 1, delay: 25);
        pool.TryTake(0).Should().BeTrue();
        pool.TryTake(100).Should().BeFalse();

        pool.Return(100);

        pool.NextReturn.Should().Be(125);
        pool.TryTake(124).Should().BeFalse();
        pool.TryTake(125).Should().BeTrue();
        pool.TryTake(125).Should().BeFalse();
    }

    /// <summary>However they come and go, there are as many as at the beginning.</summary>
    [Fact]
    public void Credits_AreNeitherLostNorMade()
    {
        CreditPool pool = new(count: 3, delay: 10);
        int taken = 0;
        for (long now = 0; now < 1000; now += 4)
        {
            taken += pool.TryTake(now) ? 1 : 0;
            if (taken > 0 && now % 12 == 0)
            {
                pool.Return(now);
                taken--;
            }

            (pool.Home + taken).Should().Be(pool.Count);
        }
    }
}
