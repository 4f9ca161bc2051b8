namespace CxlSim.Session.Tests;

/// <summary>Each kind of breakpoint, conditions, and the way back to the last one.</summary>
public class BreakpointTests
{
    /// <summary>The card stands in line 4, the window in line 5, the steps in 7 to 10.</summary>
    private const string Platform = Given.OneCard + """

        steps:
          - create-region: {decoder: decoder0.0}
          - store: {hpa: 0x1000000100, value: 0x55}
          - load: {hpa: 0x1000000100, value: 0x55}
          - {write: {path: /sys/bus/cxl/devices/region0/commit, value: maybe}, expect: EINVAL}
          - load: {hpa: 0x1000000100}
        """;

    private static DebugSession Session(params string[] breakpoints)
    {
        DebugSession session = new(Given.Described(Platform));
        foreach (string text in breakpoints)
        {
            session.Break(text, out string error).Should().NotBeNull(error);
        }

        return session;
    }

    [Theory]
    [InlineData("MemdevProbe", "milestone MemdevProbe mem0")]
    [InlineData("NumaNodes", "phase NumaNodes")]
    [InlineData("mem0", "created /devices/pci0000:10/0000:10:01.0/0000:11:00.0/mem0")]
    [InlineData("decoder0.0", "created /devices/platform/ACPI0017:00/root0/decoder0.0")]
    [InlineData("cxl_acpi_probe", "cxl_acpi_probe ACPI0017:00")]
    [InlineData("committed", "register card HDM Decoder 0 committed")]
    [InlineData("EINVAL", "wrote /sys/bus/cxl/devices/region0/commit maybe EINVAL")]
    [InlineData("log /mem0:.*port1/", "log <7>")]
    [InlineData("log register dax_region0", "log <7> cxl_region region0: region0: register dax_region0")]
    [InlineData("register card Decoder 0 Control mask 0x200", "register card HDM Decoder 0 Control 0x")]
    [InlineData("register card", "register card BAR 0 0xffffffff")]
    [InlineData("register card config+0x10", "register card BAR 0 0xffffffff")]
    [InlineData("register host bridge 5 root port 0 Secondary Bus mask 0x10", "register host bridge 5 root port 0 Secondary Bus 0x11")]
    [InlineData("register card Mailbox Control mask 1", "register card Mailbox Control 0x")]
    [InlineData("register card Mailbox Command if value == 0x4000", "register card Mailbox Command 0x4000")]
    [InlineData("register card device+0xa8", "register card device+0xa8 0x")]
    [InlineData("register card RAS Correctable Error Mask", "register card RAS Correctable Error Mask 0x0")]
    [InlineData("register mem0 Decoder 0 Size Low", "register card HDM Decoder 0 Size Low 0x40000000")]
    [InlineData("register 0000:11:00.0 CXL Control mask 4", "register card CXL Control 0x6")]
    [InlineData("register card DOE Control mask 0x80000000", "register card DOE Control 0x80000000")]
    [InlineData("register card Decoder 0 committed", "register card HDM Decoder 0 committed 0x")]
    [InlineData("hpa 0x1000000100+8 w", "store 0x1000000100 8 bytes (card dpa 0x100)")]
    [InlineData("hpa 0x1000000107 r", "load 0x1000000100 8 bytes (card dpa 0x100)")]
    [InlineData("dpa card:0x104", "store 0x1000000100 8 bytes (card dpa 0x100)")]
    [InlineData("attribute /sys/bus/cxl/devices/region0/commit if errno == EINVAL and count >= 1", "wrote /sys/bus/cxl/devices/region0/commit maybe EINVAL")]
    [InlineData("9", "step at ")]
    [InlineData("4", "created /devices/")]
    [InlineData("p.yaml:5", "created /devices/platform/ACPI0017:00/root0/decoder0.0")]
    public void Continue_StopsThere_AndBackOverItGoesThereAgain(string text, string what)
    {
        DebugSession session = Session(text);

        DebugStop stop = session.Continue();

        stop.Reason.Should().Be(DebugStopReason.Breakpoint);
        stop.Hits.Should().ContainSingle().Which.What.Should().Contain(what);
        DebugPosition there = session.Position;
        session.Step();
        session.ReverseContinue().Hits.Should().ContainSingle().Which.What.Should().Contain(what);
        session.Position.Should().Be(there);
        session.ReverseContinue().Reason.Should().Be(DebugStopReason.Start, "it was the first");
        session.Position.Should().Be(DebugPosition.Zero);
    }

    [Fact]
    public void Condition_CountsSincePowerOn()
    {
        DebugSession session = Session("MemoryOnline if count > 3");

        session.Continue().Hits.Single().What.Should().EndWith("memory515", "memory512 is the first");
        session.CountOf(session.Breakpoints[0]).Should().Be(4);
        session.Continue().Hits.Single().What.Should().EndWith("memory516");
        session.ReverseContinue().Hits.Single().What.Should().EndWith("memory515");
        session.CountOf(session.Breakpoints[0]).Should().Be(4);
    }

    [Theory]
    [InlineData("written if errno == -22", "wrote /sys/bus/cxl/devices/region0/commit maybe EINVAL")]
    [InlineData("written if errno == 22", "wrote /sys/bus/cxl/devices/region0/commit maybe EINVAL")]
    [InlineData("written if errno == EINVAL", "wrote /sys/bus/cxl/devices/region0/commit maybe EINVAL")]
    [InlineData("register card Decoder 0 Size if value != 0", "register card HDM Decoder 0 Size Low 0x40000000")]
    public void Condition_LooksAtErrorAndValue(string text, string what) =>
        Session(text).Continue().Hits.Should().ContainSingle().Which.What.Should().StartWith(what);

    /// <summary>The write fails in the function that the store of the attribute calls; after the event both are left.</summary>
    [Fact]
    public void Hit_KeepsTheFunctionsThatWereUnderWay()
    {
        DebugSession session = Session("cxl_region_attach");

        IReadOnlyList<BreakHit> hits = session.Continue().Hits;

        hits.Single().Frames.Select(frame => $"{frame.Function} {frame.Subject}").Should().Equal("store_targetN region0", "cxl_region_attach region0 decoder2.0");
        session.Hits.Should().Equal(hits);
    }

    /// <summary>Each write is met once, though traces tell of decoders too.</summary>
    [Fact]
    public void WritesOfADecoder_CountOnce()
    {
        DebugSession session = Session("register card Decoder 0 Control", "register card Decoder 0");
        session.Break("register card HDM Decoder 0 Base Low", out _);
        while (session.Continue().Reason != DebugStopReason.End)
        {
        }

        string[] traced = [.. session.Records.Select(record => record.Record).OfType<Engine.RegisterWritten>().Where(written => written.Unit == "card").Select(written => written.Register)];
        session.CountOf(session.Breakpoints[0]).Should().Be(traced.Count(name => name == "HDM Decoder 0 Control")).And.BePositive();
        session.CountOf(session.Breakpoints[1]).Should().Be(traced.Count(name => name.StartsWith("HDM Decoder 0 ", StringComparison.Ordinal)));
    }

    /// <summary>A machine whose registers are watched gives the trace of one that nobody watches.</summary>
    [Fact]
    public void WatchedRegisters_LeaveTheTraceAsItIs()
    {
        DebugSession watched = Session("register card if value == 0x123456789");
        DebugSession plain = Session();
        watched.Continue().Reason.Should().Be(DebugStopReason.End);
        plain.Continue();

        watched.CountOf(watched.Breakpoints[0]).Should().BeGreaterThan(100);
        watched.TraceHash.Should().Be(plain.TraceHash);
    }

    [Fact]
    public void Deleted_NoLongerStops()
    {
        DebugSession session = Session("NumaNodes", "PciScan");
        session.Delete(1).Should().BeTrue();
        session.Delete(1).Should().BeFalse();

        session.Continue().Hits.Single().Breakpoint.Number.Should().Be(2);
    }

    [Fact]
    public void AddedLater_KnowsWhatWasBefore()
    {
        DebugSession session = Session();
        session.Continue();
        session.Break("MemoryOnline", out _);

        session.CountOf(session.Breakpoints[0]).Should().Be(8, "1 GiB is eight blocks of 128 MiB");
        session.ReverseContinue().Hits.Single().Count.Should().Be(8);
    }

    [Theory]
    [InlineData("", "found nothing; expected a place*")]
    [InlineData("attribute", "found nothing behind 'attribute'; expected a path below /sys")]
    [InlineData("mem0 if count > 1 and", "found 'count > 1 and'; expected a condition*")]
    [InlineData("mem0 if count > 1 and errno", "found 'count > 1 and errno'; expected a condition*")]
    [InlineData("mem0 if count", "found 'count'; expected a condition*")]
    [InlineData("mem0 if errno == -2147483648", "found 'errno == -2147483648'; expected a condition*")]
    [InlineData("mem0 if errno == -4095", "found 'errno == -4095'; expected a condition*")]
    [InlineData("mem0 if errno == EBUSY,EIO", "found 'errno == EBUSY,EIO'; expected a condition*")]
    [InlineData("mem0 if errno == EWHAT", "found 'errno == EWHAT'; expected a condition*")]
    [InlineData("hpa", "expected an address*")]
    [InlineData("hpa 0x10+0", "expected an address*")]
    [InlineData("hpa 0x10 x", "expected an address*")]
    [InlineData("dpa card", "expected 'dpa DEVICE:ADDRESS*")]
    [InlineData("dpa nobody:0", "found the device 'nobody'; expected one of the platform file: card")]
    [InlineData("log /(/", "found the regular expression /(/:*")]
    [InlineData("register", "expected 'register UNIT*")]
    [InlineData("register card mask", "expected 'register UNIT*")]
    [InlineData("register nobody Command", "found the unit of 'nobody Command'; expected host bridge 5, host bridge 5 root port 0, card, a PCI address or a name such as mem0")]
    [InlineData("1", "line 1 begins no window*")]
    [InlineData("mem0 mem1", "found 'mem0 mem1'; expected one word*")]
    public void Nonsense_IsAnsweredWithWhatWasExpected(string text, string error)
    {
        DebugSession session = Session();

        session.Break(text, out string found).Should().BeNull();

        found.Should().Match(error);
        session.Breakpoints.Should().BeEmpty();
    }
}
