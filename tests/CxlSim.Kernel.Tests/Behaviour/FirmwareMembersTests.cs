using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Members of regions that firmware has committed: they come by themselves and cannot be told a place (<c>cxl_region_attach_auto</c>, <c>cxl_region_detach</c>).</summary>
public sealed class FirmwareMembersTests
{
    private const string Target0 = Given.Devices + "region0/target0";

    /// <summary>The second member never comes.</summary>
    private const string Half = """
        firmware: {decoders: programmed}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB, faults: [media_not_active]}}]}]
        windows: [{base: 0x1000000000, targets: [5]}]
        """;

    private const string Whole = """
        firmware: {decoders: programmed}
        host_bridges: [{uid: 5, bus: 0x10, hdm_decoders: 4, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, targets: [5]}]
        """;

    /// <summary>The second bridge of the window cannot do three ways, so firmware has left it out, and its members have no position.</summary>
    private const string Unsorted = """
        firmware: {decoders: programmed}
        host_bridges:
          - {uid: 1, bus: 0x10, interleave: [], root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}
          - {uid: 4, bus: 0x40, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}
        windows: [{base: 0x1000000000, targets: [4, 1]}]
        """;

    private const string Three = """
        firmware: {decoders: programmed}
        host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, targets: [1]}]
        """;

    [Fact]
    public void AwaitedMember_IsNotTakenFromAUser()
    {
        MachineSession session = Given.Booted(Half, out LogSink log);
        string member = session.Text(Target0);

        session.Write(Given.Devices + "region0/target1", member).Should().Be(Errno.EINVAL);

        session.Text(Given.Devices + "region0/target1").Should().BeEmpty();
        log.Lines.Should().NotContain(line => line.Contains("expected auto state", StringComparison.Ordinal), "it is one that firmware has committed");
    }

    [Fact]
    public void MemberThatWasLetGo_CannotReturn()
    {
        MachineSession session = Given.Booted(Whole, out LogSink log);
        string member = session.Text(Target0);
        session.Write(Target0, string.Empty).Should().Be(Errno.Ok);

        session.Write(Target0, member).Should().Be(Errno.EINVAL);

        session.Text(Target0).Should().BeEmpty();
        log.Graded.Should().Contain(line => line.StartsWith("E cxl region0: ", StringComparison.Ordinal), "its decoder was reset and is no longer one that firmware has committed");
    }

    [Theory]
    [InlineData("6.12", true)]
    [InlineData("6.16", true)]
    [InlineData("6.17", false)]
    public void AwaitedRegion_KeepsItsMember_Before617(string version, bool keeps)
    {
        MachineSession session = Given.Booted($"kernel: {{version: {version}}}\n{Half}", out _);
        string member = session.Text(Target0);
        member.Should().NotBeEmpty();

        session.Write(Target0, string.Empty).Should().Be(Errno.Ok);

        session.Text(Target0).Should().Be(keeps ? member : string.Empty);
        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        session.Text($"{Given.Devices}{member}/size").Should().Be(keeps ? "0x80000000" : "0x0", "only a member that was let go loses its addresses");
    }

    /// <summary>Those of the first bridge belong to 0, 2 and 4 and are listed behind the others: none in its place, so newer versions let none go either.</summary>
    [Theory]
    [InlineData("6.12", 0)]
    [InlineData("6.17", 0)]
    [InlineData("6.17", 5)]
    public void MembersWithoutAPosition_ComeFirstAndStay(string version, int position)
    {
        MachineSession session = Given.Booted($"kernel: {{version: {version}}}\n{Unsorted}", out _);
        string[] before = Targets(session);
        before.Select(BridgeOf).Should().Equal([1, 1, 1, 4, 4, 4]);

        session.Write($"{Given.Devices}region0/target{position}", string.Empty).Should().Be(Errno.Ok);

        Targets(session).Should().Equal(before);

        int BridgeOf(string decoder) => ((CxlEndpointDecoder)session.Kernel.Cxl.Bus.Find(decoder)!).Port.UpToRoot().Last().ParentDport!.PortId;
    }

    [Fact]
    public void AwaitedMember_IsListed_ButTheRegionDoesNotHaveItYet()
    {
        MachineSession session = Given.Booted(Half, out _);

        session.Text($"{Given.Devices}{session.Text(Target0)}/region").Should().BeEmpty("a port's reference gives it the region, and there is none before all are there");
        session.Write($"{Given.Devices}{session.Text(Target0)}/dpa_size", "0").Should().Be(Errno.EBUSY, "it is committed all the same");
    }

    /// <summary>What is left in the list before 7.1 was freed (<c>cxl_cancel_auto_attach</c> mends it), and the next to read it goes wrong.</summary>
    [Theory]
    [InlineData("6.12", true)]
    [InlineData("7.0", true)]
    [InlineData("7.1", false)]
    public void AwaitedMember_WhoseDeviceGoes_IsLeftInTheList_Before71(string version, bool stays)
    {
        MachineSession session = Given.Booted($"kernel: {{version: \"{version}\"}}\n{Half}", out LogSink log);
        string member = session.Text(Target0);

        Rebind(session, member, () => session.Text(Target0).Should().Be(stays ? member : string.Empty));

        session.Text(Target0).Should().Be(member);
        session.Text(Given.Devices + "region0/target1").Should().Be(stays ? member : string.Empty, "a place is told by counting");
        log.Lines.Any(line => line.StartsWith("cxl region0: BUG: ", StringComparison.Ordinal)).Should().Be(stays);
    }

    /// <summary>Three below one bridge are no power of two, so all have the region and none of its ports is set up. The first one leaves, and comes back at the place of the last.</summary>
    [Fact]
    public void MemberThatComesBack_TakesThePlaceOfAnother()
    {
        MachineSession session = Given.Booted(Three, out LogSink log);
        string[] before = Targets(session, 3);
        before.Should().NotContain(string.Empty);

        Rebind(session, before[0], () => Targets(session, 3).Should().Equal(string.Empty, before[1], before[2]));

        Targets(session, 3).Should().Equal(string.Empty, before[1], before[0]);
        session.Text($"{Given.Devices}{before[2]}/region").Should().Be("region0", "nobody took it away");
        log.Lines.Should().Contain("cxl region0: BUG: cxl_calc_interleave_pos reads the member at 0, which is not there");
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.MemberGone);
    }

    [Fact]
    public void MemberThatLostItsPlace_LeavesWithAWarning()
    {
        MachineSession session = Given.Booted(Three, out LogSink log);
        string[] before = Targets(session, 3);
        Rebind(session, before[0], () => { });

        session.Write(Given.Devices + "../drivers/cxl_mem/unbind", Memdev(session, before[2])).Should().Be(Errno.Ok);

        log.Graded.Should().ContainMatch($"W cxl region0: expected *:{before[2]} at position 2");
        Targets(session, 3).Should().Equal(string.Empty, before[1], before[0]);
    }

    private static void Rebind(MachineSession session, string decoder, Action between)
    {
        string memdev = Memdev(session, decoder);
        session.Write(Given.Devices + "../drivers/cxl_mem/unbind", memdev).Should().Be(Errno.Ok);
        between();
        session.Write(Given.Devices + "../drivers/cxl_mem/bind", memdev).Should().Be(Errno.Ok);
    }

    private static string Memdev(MachineSession session, string decoder) => ((CxlEndpointDecoder)session.Kernel.Cxl.Bus.Find(decoder)!).Memdev.Name;

    private static string[] Targets(MachineSession session, int ways = 6) => [.. Enumerable.Range(0, ways).Select(position => session.Text($"{Given.Devices}region0/target{position}"))];
}
