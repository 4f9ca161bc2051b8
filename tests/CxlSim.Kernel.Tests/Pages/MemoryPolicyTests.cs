using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Policies: fact sheet 30, sections 5.4 and 6.4.</summary>
public sealed class MemoryPolicyTests
{
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    [Fact]
    public void Default_IsTheNodeOfTheCpu()
    {
        _session.Take(1000).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 1000");
    }

    [Fact]
    public void Preferred_FallsBackToOthers()
    {
        ulong room = Room();
        _session.Take(room + 500, PageMachine.Policy(PolicyMode.Preferred, 1)).Should().Be(Errno.Ok);

        _session.Where().Should().Be($"0.Normal 500, 1.Movable {room}");
    }

    [Fact]
    public void Bind_DoesNot_AndMayUseWhatIsBelowTheLowMark()
    {
        Zone movable = _session.Zone(1, ZoneType.Movable);
        ulong toMin = movable.FreePageCount - movable.Watermarks.Min;

        _session.Take(toMin, PageMachine.Policy(PolicyMode.Bind, 1)).Should().Be(Errno.Ok);
        _session.Where().Should().Be($"1.Movable {toMin}");
        _session.Take(1, PageMachine.Policy(PolicyMode.Bind, 1), task: "more").Should().Be(Errno.ENOMEM);
    }

    [Fact]
    public void PreferredMany_TakesTheOthers_BeforeItReclaims()
    {
        ulong room = Room();
        _session.Take(room + 500, PageMachine.Policy(PolicyMode.PreferredMany, 1)).Should().Be(Errno.Ok);

        _session.Where().Should().Be($"0.Normal 500, 1.Movable {room}");
    }

    [Fact]
    public void Interleave_TakesTurns()
    {
        _session.Take(100_001, PageMachine.Policy(PolicyMode.Interleave, 0, 1)).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 50001, 1.Movable 50000");
    }

    /// <summary>T-43: three in a row on node 0, one on node 1.</summary>
    [Fact]
    public void WeightedInterleave_FollowsTheWeights()
    {
        _session.Write("/sys/kernel/mm/mempolicy/weighted_interleave/node0", "3").Should().Be(Errno.Ok);

        _session.Take(4002, PageMachine.Policy(PolicyMode.WeightedInterleave, 0, 1)).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 3002, 1.Movable 1000");
    }

    /// <summary>A-30.</summary>
    [Theory]
    [InlineData(PolicyMode.Bind)]
    [InlineData(PolicyMode.Interleave)]
    public void NodesWithoutMemory_AreNone(PolicyMode mode)
    {
        MachineSession offline = PageMachine.With("memhp_default_state=offline");

        offline.Take(1, PageMachine.Policy(mode, 1)).Should().Be(Errno.EINVAL);
        offline.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.TaskNodes);
    }

    /// <summary>A-31: what the kernel needs of a task that is bound to movable memory comes from elsewhere.</summary>
    [Fact]
    public void KernelPagesOfABoundTask_ComeFromDram_WhereTheNodeIsMovable()
    {
        _session.Take(100, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 100");
    }

    [Fact]
    public void KernelPagesOfABoundTask_ComeFromItsNode_WhereThatHasNormalMemory()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Take(100, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel).Should().Be(Errno.Ok);

        session.Where().Should().Be("1.Normal 100");
    }

    /// <summary>A-32: huge pages from the first node only; what it lacks comes in small ones.</summary>
    [Fact]
    public void TransparentHugePages_ComeFromTheFirstNode()
    {
        ulong room = Room() / 512 * 512;
        _session.Take(room + 5120, PageMachine.Policy(PolicyMode.Preferred, 1), PageUse.TransparentHuge).Should().Be(Errno.Ok);

        Zone movable = _session.Zone(1, ZoneType.Movable);
        movable.Used(PageUse.TransparentHuge).Should().Be(room);
        _session.Zone(0, ZoneType.Normal).Used(PageUse.TransparentHuge).Should().Be(0);
        (movable.Used(PageUse.Anonymous) + _session.Zone(0, ZoneType.Normal).Used(PageUse.Anonymous)).Should().Be(5120);
    }

    /// <summary>The first node is not among those that may be asked, so all of these are; as a program bound to a card's node had them under Linux 6.12.107.</summary>
    [Theory]
    [InlineData(PolicyMode.Bind)]
    [InlineData(PolicyMode.PreferredMany)]
    public void TransparentHugePages_ComeFromNamedNodes(PolicyMode mode)
    {
        _session.Take(5120, PageMachine.Policy(mode, 1), PageUse.TransparentHuge).Should().Be(Errno.Ok);

        _session.Zone(1, ZoneType.Movable).Used(PageUse.TransparentHuge).Should().Be(5120);
    }

    /// <summary>An interleaved huge page that its node lacks comes from another.</summary>
    [Fact]
    public void TransparentHugePages_FallBackWhereTheyInterleave()
    {
        ulong room = Room() / 512 * 512;
        _session.Take(room + 5120, PageMachine.Policy(PolicyMode.Interleave, 1), PageUse.TransparentHuge).Should().Be(Errno.Ok);

        _session.Zone(0, ZoneType.Normal).Used(PageUse.TransparentHuge).Should().Be(5120);
    }

    /// <summary>A-53: what a device has pinned for long is moved to kernel zones before.</summary>
    [Fact]
    public void PinnedPages_AreNotMovable()
    {
        _session.Take(100, PageMachine.Policy(PolicyMode.Preferred, 1), PageUse.Pinned).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 100");
    }

    private ulong Room()
    {
        Zone movable = _session.Zone(1, ZoneType.Movable);
        return movable.FreePageCount - movable.Watermarks.Low;
    }

    [Fact]
    public void TaskThatGetsNothing_IsNotThere()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_movable");

        session.Take(512, use: PageUse.Huge2M, task: "huge").Should().Be(Errno.ENOMEM);
        session.Take(1, PageMachine.Policy(PolicyMode.Bind, 7), task: "bound").Should().Be(Errno.EINVAL);

        (session.End("huge"), session.End("bound")).Should().Be((Errno.ESRCH, Errno.ESRCH));
    }
}
