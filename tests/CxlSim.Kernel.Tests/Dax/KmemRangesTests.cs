using CxlSim.Core;
using CxlSim.Session;
using static CxlSim.Kernel.Tests.DaxMachine;

namespace CxlSim.Kernel.Tests;

/// <summary>What kmem makes of a device's ranges, and what it leaves behind (rules K-03 to K-09, K-30 to K-36).</summary>
public sealed class KmemRangesTests
{
    /// <summary>K-07, K-20: each range has a line of its own, and memory of the same bounds in it.</summary>
    [Fact]
    public void EachRange_BecomesBlocks()
    {
        MachineSession session = Unbound();
        session.Do("0=0 0:0-2 0:4-5");

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);

        session.Blocks().Should().Be("512- 513- 516-");
        session.Around(new Hpa(Start)).Should().EndWith("region0 > dax0.0 > System RAM (kmem)");
        session.Around(new Hpa(Start + (2 * Unit))).Should().EndWith("> region0");
        session.Around(new Hpa(Start + (4 * Unit))).Should().EndWith("region0 > dax0.0 > System RAM (kmem)");
    }

    /// <summary>K-03, K-04: whole blocks count; a range that has none is passed over, and a device of such ranges is not taken.</summary>
    [Theory]
    [InlineData("0x1008000000-0x100fffffff 0x1010000000-0x1013ffffff", Errno.Ok, "513-")]
    [InlineData("0x1004000000-0x1017ffffff", Errno.Ok, "513- 514-")]
    [InlineData("0x1004000000-0x100bffffff", Errno.EINVAL, "")]
    public void HeadsAndTails_BelongToNobody(string mappings, Errno error, string blocks)
    {
        MachineSession session = Unbound();
        session.Do("0=0");
        foreach (string mapping in mappings.Split(' '))
        {
            session.Write(Dax + "dax0.0/mapping", mapping).Should().Be(Errno.Ok);
        }

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(error);

        session.Blocks().Should().Be(blocks);
    }

    /// <summary>As Linux 7.2 said it, for 20 and 22 MiB; 6.12 says nothing.</summary>
    [Theory]
    [InlineData("6.12", 0x9400000, "")]
    [InlineData("7.2", 0x9400000, "kmem dax0.0: DAX region truncated by 20.0 MiB due to alignment")]
    [InlineData("7.2", 0x9600000, "kmem dax0.0: DAX region truncated by 22.0 MiB due to alignment")]
    [InlineData("7.2", 0x8000000, "")]
    [InlineData("7.2", 0x4000000, "")]
    public void WhatFillsNoBlock_IsSaid(string version, ulong size, string line)
    {
        MachineSession session = Unbound(version);
        session.Do("0=0");
        session.Write(Dax + "dax0.0/size", $"{size}").Should().Be(Errno.Ok);
        session.Write(Drivers + "kmem/bind", "dax0.0");

        string.Concat(session.Kernel.Log.Lines.Select(entry => entry.Text).Where(text => text.Contains("truncated", StringComparison.Ordinal))).Should().Be(line);
    }

    /// <summary>K-07, K-09: after the first range others may fail.</summary>
    [Fact]
    public void RangeThatIsTaken_IsPassedOver_UnlessItIsTheFirst()
    {
        MachineSession session = WithLeak();
        session.Do("0=0 0:4-6 0:0-2");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.Blocks().Should().Be("512oM 513oM 514oM 515oM 516- 517-");

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Do("0=0 0:0-2 0:4-6");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.EBUSY, "the first range decides");
        session.Blocks().Should().Be("512oM 513oM 514oM 515oM");
    }

    /// <summary>K-34: 6.12 would remove what it has not added, and fails at the other's online blocks; newer kernels know better.</summary>
    [Theory]
    [InlineData("6.12", true)]
    [InlineData("7.2", true)]
    [InlineData("7.3", false)]
    public void RangeThatWasNotAdded_IsRemovedBy612(string version, bool isTried)
    {
        MachineSession session = WithLeak(version);
        session.Do("0=0 0:4-6 0:0-2");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        int before = session.Kernel.Log.Lines.Count;

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Blocks().Should().Be("512oM 513oM 514oM 515oM");
        session.Kernel.Log.Lines.Skip(before).Any(line => line.Text.Contains("mapping1: 0x1000000000-0x100fffffff cannot be hotremoved", StringComparison.Ordinal)).Should().Be(isTried);
    }

    /// <summary>K-30, K-36: a range goes whole or not at all, and each for itself.</summary>
    [Fact]
    public void OneOnlineBlock_KeepsItsRangeOnly()
    {
        MachineSession session = Unbound();
        session.Do("0=0 0:0-2 0:4-6");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.SetBlocks("online_movable", 517);

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Blocks().Should().Be("516- 517oM");
        session.Kernel.Log.Lines.Last().Text.Should().Be("kmem dax0.0: mapping1: 0x1020000000-0x102fffffff cannot be hotremoved until the next reboot");
        session.Around(new Hpa(Start)).Should().EndWith("> region0");
        session.Around(new Hpa(Start + (4 * Unit))).Should().EndWith("dax0.0 > System RAM (kmem)");
    }

    [Fact]
    public void WhatStays_IsSaidOtherwiseSince73()
    {
        MachineSession session = Online("7.3", "memhp_default_state=online_movable");
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Kernel.Log.Lines.Select(line => line.Text).TakeLast(2).Should().Equal(
            "kmem dax0.0: mapping0: 0x1000000000-0x103fffffff stuck online until reboot",
            "kmem dax0.0: Hotplug regions stuck online until reboot");
    }

    /// <summary>K-31, K-32: leaked blocks live on without an owner.</summary>
    [Fact]
    public void LeakedBlocks_GoOnAndOffline_ButNeverGo()
    {
        MachineSession session = WithLeak();
        session.DriverOf("dax0.0").Should().BeNull("the driver goes in any case");
        session.SetBlocks("offline", 512, 513, 514, 515);
        session.Blocks().Should().Be("512- 513- 514- 515-");
        session.Text("/sys/devices/system/node/online").Should().Be("0-1");
        session.SetBlocks("online_movable", 512);

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.EBUSY);
        session.Write(Drivers + "device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.DriverOf("dax0.0").Should().BeNull();
        session.Blocks().Should().Be("512oM 513- 514- 515-");
    }

    /// <summary>K-35: a kernel that cannot remove memory leaves even offline blocks.</summary>
    [Fact]
    public void WithoutHotremove_AllIsLeaked()
    {
        MachineSession session = Online(commandLine: "memhp_default_state=offline", config: "MEMORY_HOTREMOVE: n");

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Blocks().Should().Be("512- 513- 514- 515- 516- 517- 518- 519-");
        session.Around(new Hpa(Start)).Should().EndWith("dax0.0 > System RAM (kmem)");
    }

    /// <summary>K-05: the first device on a node says how far it is; devices of the same distance are counted, others change nothing.</summary>
    [Fact]
    public void DistanceOfANode_IsThatOfItsFirstDevice()
    {
        MachineSession session = Unbound();
        NumaNode node = session.Kernel.Numa.Node(1);
        MemoryTiers tiers = session.Kernel.Tiers;
        tiers.SetDistance(node, 1000);
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);

        session.SetBlocks("online_movable", 512);
        Tier(session).Should().Be(1000 / 128, "kmem's own guess came second");
        session.SetBlocks("offline", 512);
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        tiers.ClearDistance(node, 1000);

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.SetBlocks("online_movable", 512);
        Tier(session).Should().Be(MemoryTiers.UnknownDistance / 128);
    }

    /// <summary>K-33: where a range was too small, 6.12 keeps the node's distance for good although all memory has gone.</summary>
    [Theory]
    [InlineData("6.12", "0:0-1", true)]
    [InlineData("6.12", "0:0-1 small", false)]
    [InlineData("7.3", "0:0-1 small", true)]
    public void RangeThatWasTooSmall_KeepsTheDistance(string version, string ranges, bool isCleared)
    {
        MachineSession session = Unbound(version);
        session.Do("0=0 " + ranges.Replace(" small", "", StringComparison.Ordinal));
        if (ranges.Contains("small", StringComparison.Ordinal))
        {
            session.Write(Dax + "dax0.0/mapping", "0x1010000000-0x1013ffffff").Should().Be(Errno.Ok);
        }

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Blocks().Should().BeEmpty();

        session.Kernel.Tiers.SetDistance(session.Kernel.Numa.Node(1), 1000);
        session.Do("0=0 0:0-1");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.SetBlocks("online_movable", 512);
        Tier(session).Should().Be(isCleared ? 1000 / 128 : MemoryTiers.UnknownDistance / 128);
    }

    /// <summary>Units 0 to 3 were memory when kmem let go.</summary>
    private static MachineSession WithLeak(string version = "6.12")
    {
        MachineSession session = Unbound(version);
        session.Do("0=4");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.SetBlocks("online_movable", 512, 513, 514, 515);
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        return session;
    }

    private static int Tier(MachineSession session) => session.Kernel.Tiers.Tiers.Single(tier => tier.Nodes.Contains(1)).Id;
}
