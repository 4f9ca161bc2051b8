using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Refusals of regions and their members that the recorded list has not: the rule, and what is proposed passes.</summary>
public sealed class RegionRefusalTests
{
    private const string TwoRootPorts = """
        host_bridges: [{uid: 12, bus: 0x0c, last_bus: 0x0e, root_ports: [{type3: {volatile: 1GiB, persistent: 1GiB, serial: 1}}, {}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    private const string FourBehindOneSwitch = """
        host_bridges:
          - {uid: 12, bus: 0x0c, root_ports: [{switch: {ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}},
             {type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}}]}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    /// <summary>Recorded: x4 at 16 KiB fails at the first target, x4 at 8 KiB works (04-switch-4way).</summary>
    [Fact]
    public void GranularityThatTheDeviceCannot_LeadsToTheNextOneThatItCan()
    {
        MachineSession session = Given.Booted(FourBehindOneSwitch);
        Create(session, "region0", "16384", "4", "0x40000000");
        Reserve(session, "decoder3.0", "ram", "0x10000000");

        Refusal refusal = Refused(session, "region0/target0", "decoder3.0", Errno.ENXIO, RefusalRules.MemberInterleave);

        refusal.Nearest!.Writes.Should().Contain(AttributeWrite.Cxl("region0", "interleave_granularity", "8192"));
        ShouldPass(session, refusal);
    }

    /// <summary>The decoder of the bridge is reserved, but not committed.</summary>
    [Fact]
    public void ReservedDecoderOfAPort_IsCommittedFirst()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Create(session, "region0");
        Create(session, "region1");
        Reserve(session, "decoder2.0");
        Write(session, "region0/target0", "decoder2.0").Should().Be(Errno.Ok);
        Reserve(session, "decoder2.1");

        Refusal refusal = Refused(session, "region1/target0", "decoder2.1", Errno.EBUSY, RefusalRules.PortDecoder);

        refusal.Values.Should().Contain(new NamedValue("in the way", "region0"));
        ShouldPass(session, refusal);
    }

    [Fact]
    public void LowerRegionThatIsCommittedAgain_WaitsForTheHigherOne()
    {
        MachineSession session = TwoCommitted();
        Write(session, "region0/commit", "0").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, "region0/commit", "1", Errno.EBUSY, RefusalRules.CommitOrder);

        refusal.Nearest!.Writes.Should().Equal(AttributeWrite.Cxl("region1", "commit", "0"), AttributeWrite.Cxl("region0", "commit", "1"));
        ShouldPass(session, refusal);
    }

    /// <summary>A decoder that was reset below a committed one leaves a gap: nothing more can be had through the port.</summary>
    [Fact]
    public void GapBelowACommittedDecoder_HasToBeReaped()
    {
        MachineSession session = TwoCommitted();
        Write(session, "region0/commit", "0").Should().Be(Errno.Ok);
        Create(session, "region2");
        Reserve(session, "decoder2.2");

        Refusal refusal = Refused(session, "region2/target0", "decoder2.2", Errno.EBUSY, RefusalRules.PortDecoder);

        refusal.Values.Should().Contain(new NamedValue("in the way", "region1"));
    }

    [Fact]
    public void RegionAtLowerAddresses_ComesTooLate()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Create(session, "region0");
        Create(session, "region1");
        Reserve(session, "decoder2.0");
        Write(session, "region1/target0", "decoder2.0").Should().Be(Errno.Ok);
        Write(session, "region1/commit", "1").Should().Be(Errno.Ok);
        Reserve(session, "decoder2.1");

        Refusal refusal = Refused(session, "region0/target0", "decoder2.1", Errno.EBUSY, RefusalRules.AddressOrder);

        refusal.Values.Should().Equal(("port", "endpoint2"), ("start of region0", "0x490000000"), ("start of region1", "0x4a0000000"));
        refusal.Nearest!.Text.Should().StartWith("delete region1 first");
    }

    [Fact]
    public void DecoderOfTheOtherMode_ChangesIt()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Create(session, "region0");
        Reserve(session, "decoder2.0", "pmem", "0x20000000");

        ShouldPass(session, Refused(session, "region0/target0", "decoder2.0", Errno.EINVAL, RefusalRules.MemberMode));
    }

    [Fact]
    public void ShareOfTheWrongSize_IsTakenAgain()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Create(session, "region0");
        Reserve(session, "decoder2.0", "ram", "0x20000000");

        Refusal refusal = Refused(session, "region0/target0", "decoder2.0", Errno.EINVAL, RefusalRules.MemberShare);

        refusal.Values.Should().Equal(("dpa_size of decoder2.0", "512 MiB"), ("ways", "1"), ("size of the region", "256 MiB"));
        ShouldPass(session, refusal);
    }

    /// <summary>The first persistent capacity leaves out what is left of the volatile partition (50-observed, 24).</summary>
    [Fact]
    public void VolatileCapacityBeforePersistent_NamesTheDecoderThatIsInTheWay()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Reserve(session, "decoder2.0", "pmem", "0x10000000");
        Write(session, "decoder2.1/mode", "ram").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, "decoder2.1/dpa_size", "0x10000000", Errno.ENOSPC, RefusalRules.DpaRoom);

        refusal.Values.Should().Contain(new NamedValue("available", "0 B"));
        refusal.Nearest!.Text.Should().Be("write 0 to decoder2.0/dpa_size first");
    }

    /// <summary>Of 1280 MiB two ways can have 1 GiB; and who asks for another size has what the region holds as well.</summary>
    [Fact]
    public void LargestFreeRange_IsCutToTheUnit_AndCountsWhatTheRegionHas()
    {
        MachineSession session = Given.Booted(TwoRootPorts.Replace("size: 4GiB", "size: 1280MiB", StringComparison.Ordinal));
        Write(session, "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        Write(session, "region0/interleave_granularity", "256").Should().Be(Errno.Ok);
        Write(session, "region0/interleave_ways", "2").Should().Be(Errno.Ok);

        Refusal tooLarge = Refused(session, "region0/size", "0x100000000", Errno.ERANGE, RefusalRules.SizeRoom);
        tooLarge.Values.Should().Equal(
            ("size", "4 GiB"), ("largest free range", "1 GiB"), ("size of decoder0.0", "1280 MiB"), ("size of decoder0.0 that would do", "4 GiB"));
        Refused(session, "region0/size", "0xffffffffe0000000", Errno.ERANGE, RefusalRules.SizeRoom).Values.Should().Contain(new NamedValue("size of decoder0.0 that would do", "none"));
        tooLarge.Nearest!.Text.Should().Be("write 1073741824 (1 GiB) to region0/size");
        ShouldPass(session, tooLarge);

        Refusal taken = Refused(session, "region0/size", "0x20000000", Errno.EBUSY, RefusalRules.SizeTaken);
        taken.Nearest!.Writes.Select(write => write.Value).Should().Equal("0", "536870912");
        ShouldPass(session, taken);
    }

    /// <summary>Capacity comes back in reverse order (sheet 20, 3.2).</summary>
    [Fact]
    public void LowestDecoder_IsFreedLast()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Reserve(session, "decoder2.0");
        Reserve(session, "decoder2.1");
        Reserve(session, "decoder2.2");

        Refusal refusal = Refused(session, "decoder2.0/dpa_size", "0", Errno.EBUSY, RefusalRules.DpaFreeOrder);

        refusal.Nearest!.Text.Should().Be("write 0 to decoder2.2/dpa_size, then decoder2.1/dpa_size first");
        ShouldPass(session, refusal);
    }

    [Fact]
    public void Uuid_IsTextNotNullAndOfOneRegion()
    {
        const string uuid = "11111111-2222-3333-4444-555555555555";
        MachineSession session = Given.Booted(TwoRootPorts);
        Write(session, "decoder0.0/create_pmem_region", "region0").Should().Be(Errno.Ok);
        Write(session, "decoder0.0/create_pmem_region", "region1").Should().Be(Errno.Ok);
        Write(session, "region0/uuid", uuid).Should().Be(Errno.Ok);

        Refused(session, "region1/uuid", "1111", Errno.EINVAL, RefusalRules.UuidText);
        Refused(session, "region1/uuid", Guid.Empty.ToString(), Errno.EINVAL, RefusalRules.UuidNull);
        Refused(session, "region1/uuid", uuid, Errno.EBUSY, RefusalRules.UuidTaken).Values.Should().Equal(("region", "region0"));
        Refused(session, "region1/size", "0x10000000", Errno.ENXIO, RefusalRules.SizeTooEarly).Nearest!.Text.Should().Be("write interleave_granularity and interleave_ways and uuid of region1 first");
    }

    /// <summary>The states that fix a value, and what lets it go.</summary>
    [Theory]
    [InlineData("interleave_ways", "2", "WaysFixed")]
    [InlineData("interleave_granularity", "512", "GranularityFixed")]
    [InlineData("size", "0", "SizeActive")]
    [InlineData("size", "0x20000000", "SizeTaken")]
    public void ActiveRegion_LetsAMemberGoFirst(string attribute, string value, string rule)
    {
        MachineSession session = TwoCommitted();

        Refusal refusal = Refused(session, $"region1/{attribute}", value, Errno.EBUSY, (KernelRule)typeof(RefusalRules).GetField(rule)!.GetValue(null)!);

        ShouldPass(session, refusal);
    }

    [Fact]
    public void ActiveRegion_TakesNoMember_AndItsDecodersKeepTheirMode()
    {
        MachineSession session = TwoCommitted();
        Refused(session, "region1/target0", "decoder2.0", Errno.EBUSY, RefusalRules.RegionActive);

        ShouldPass(session, Refused(session, "decoder2.1/mode", "pmem", Errno.EBUSY, RefusalRules.ModeEnabled));
    }

    [Fact]
    public void ActivePersistentRegion_KeepsItsUuid()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Write(session, "decoder0.0/create_pmem_region", "region0").Should().Be(Errno.Ok);
        Write(session, "region0/uuid", "11111111-2222-3333-4444-555555555555").Should().Be(Errno.Ok);
        Size(session, "region0", "256", "1", "0x10000000");
        Reserve(session, "decoder2.0", "pmem");
        Write(session, "region0/target0", "decoder2.0").Should().Be(Errno.Ok);

        ShouldPass(session, Refused(session, "region0/uuid", "22222222-2222-3333-4444-555555555555", Errno.EBUSY, RefusalRules.UuidFixed));
    }

    /// <summary>Two devices behind a switch and one behind each of two other ports: three ways at the bridge (sheet 20, 4.2).</summary>
    [Fact]
    public void ThreeWaysBelowABridge_AreNone_AndTheMemberStays()
    {
        MachineSession session = Given.Booted("""
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{switch: {ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}}, {type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """);
        string[] members = Members(session);
        Create(session, "region0", "256", "4", "0x40000000");
        for (int position = 0; position < 4; position++)
        {
            Reserve(session, members[position]);
            if (position < 3)
            {
                Write(session, $"region0/target{position}", members[position]).Should().Be(Errno.Ok);
            }
        }

        Refusal refusal = Refused(session, "region0/target3", members[3], Errno.EINVAL, RefusalRules.PortTargetCount);
        refusal.Values.Should().Equal(("port", session.Bridge(12).Name), ("targets counted", 3), ("targets", 3));

        Refused(session, "region0/target3", members[3], Errno.EINVAL, RefusalRules.RegionFull);
        Refused(session, "region0/commit", "1", Errno.ENXIO, RefusalRules.CommitIncomplete).Nearest!.Text.Should().Be("delete region0 and make it again: its last target was refused");
    }

    /// <summary>Recorded: the counter of a port stays one too high when one of two members leaves it (sheet 20, 3.7).</summary>
    [Fact]
    public void MemberThatComesBack_IsCountedTwice()
    {
        MachineSession session = Given.Booted(FourBehindOneSwitch);
        Create(session, "region0", "256", "2", "0x20000000");
        Reserve(session, "decoder3.0");
        Reserve(session, "decoder4.0");
        Write(session, "region0/target0", "decoder3.0").Should().Be(Errno.Ok);
        Write(session, "region0/target1", "decoder4.0").Should().Be(Errno.Ok);
        Write(session, "region0/target1", "").Should().Be(Errno.Ok);

        Refused(session, "region0/target1", "decoder4.0", Errno.EINVAL, RefusalRules.PortTargetCount).Nearest!.Text.Should().StartWith("delete region0 and make it again");
    }

    /// <summary>Side by side below one switch where the other switch has its turn: the last target finds out (recording 05).</summary>
    [Fact]
    public void MembersOutOfTurn_AreGivenTheirOrder()
    {
        const string machine = """
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{switch: {ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}},
                 {switch: {ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """;
        MachineSession session = Given.Booted(machine);
        string[] members = Members(session);
        Create(session, "region0", "256", "4", "0x40000000");
        Array.ForEach(members, member => Reserve(session, member));
        for (int position = 0; position < 3; position++)
        {
            Write(session, $"region0/target{position}", members[position]).Should().Be(Errno.Ok);
        }

        Refusal refusal = Refused(session, "region0/target3", members[3], Errno.ENXIO, RefusalRules.PortPeer);

        refusal.Nearest!.IsForNewRegion.Should().BeTrue();
        refusal.Nearest.Writes.Select(write => write.Value).Should().Equal(members[0], members[2], members[1], members[3]);
        MachineSession again = Given.Booted(machine);
        Create(again, "region0", "256", "4", "0x40000000");
        Array.ForEach(members, member => Reserve(again, member));
        ShouldPass(again, refusal);
        Write(again, "region0/commit", "1").Should().Be(Errno.Ok);
    }

    /// <summary>Recorded: a 2-way window by 16 KiB is of no use (50-observed, 7).</summary>
    [Fact]
    public void GranularityThatTheBridgeWouldNeed_IsIllegal()
    {
        MachineSession session = Given.Booted("""
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{type3: {volatile: 256MiB}}]}
              - {uid: 40, bus: 0x40, root_ports: [{type3: {volatile: 256MiB}}]}
            windows: [{base: 0x490000000, size: 4GiB, granularity: 16384, targets: [12, 40], restrictions: 0xf}]
            """);
        Create(session, "region0", "16384", "2", "0x20000000");
        Reserve(session, "decoder3.0");
        Reserve(session, "decoder4.0");
        Write(session, "region0/target0", "decoder3.0").Should().Be(Errno.Ok);

        Refusal refusal = Refused(session, "region0/target1", "decoder4.0", Errno.EINVAL, RefusalRules.PortGranularity);

        refusal.Nearest!.Text.Should().Be("use a window with a granularity of 8192");
    }

    private static MachineSession TwoCommitted()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        foreach ((string region, string decoder) in new[] { ("region0", "decoder2.0"), ("region1", "decoder2.1") })
        {
            Create(session, region);
            Reserve(session, decoder);
            Write(session, $"{region}/target0", decoder).Should().Be(Errno.Ok);
            Write(session, $"{region}/commit", "1").Should().Be(Errno.Ok);
        }

        return session;
    }

    private static void Create(MachineSession session, string region, string granularity = "256", string ways = "1", string size = "0x10000000")
    {
        Write(session, "decoder0.0/create_ram_region", region).Should().Be(Errno.Ok);
        Size(session, region, granularity, ways, size);
    }

    private static string[] Members(MachineSession session) => [.. session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Select(memdev => memdev.Endpoint!.Decoders[0].Name)];

    private static void Size(MachineSession session, string region, string granularity, string ways, string size)
    {
        Write(session, $"{region}/interleave_granularity", granularity).Should().Be(Errno.Ok);
        Write(session, $"{region}/interleave_ways", ways).Should().Be(Errno.Ok);
        Write(session, $"{region}/size", size).Should().Be(Errno.Ok);
    }

    private static void Reserve(MachineSession session, string decoder, string mode = "ram", string size = "0x10000000")
    {
        Write(session, $"{decoder}/mode", mode).Should().Be(Errno.Ok);
        Write(session, $"{decoder}/dpa_size", size).Should().Be(Errno.Ok);
    }

    private static Refusal Refused(MachineSession session, string attribute, string value, Errno error, KernelRule rule)
    {
        Write(session, attribute, value).Should().Be(error);
        Refusal refusal = session.Kernel.Refusals.All.Last(said => said.Write is not null);
        (refusal.Rule, refusal.Error, refusal.Write).Should().Be((rule, error, new AttributeWrite(Given.Devices + attribute, value)));
        return refusal;
    }

    private static void ShouldPass(MachineSession session, Refusal refusal)
    {
        refusal.Nearest!.Writes.Should().NotBeEmpty();
        foreach (AttributeWrite write in refusal.Nearest.Writes)
        {
            session.Write(write.Path, write.Value).Should().Be(Errno.Ok, "'{0}' to {1} is part of: {2}", write.Value, write.Path, refusal.Nearest.Text);
        }
    }

    private static Errno Write(MachineSession session, string attribute, string value) => session.Write(Given.Devices + attribute, value);
}
