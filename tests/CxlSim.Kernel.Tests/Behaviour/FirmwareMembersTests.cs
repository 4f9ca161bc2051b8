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

    private static string[] Targets(MachineSession session) => [.. Enumerable.Range(0, 6).Select(position => session.Text($"{Given.Devices}region0/target{position}"))];
}
