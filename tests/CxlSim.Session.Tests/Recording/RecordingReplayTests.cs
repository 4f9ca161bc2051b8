using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>What is done to a machine is recorded, and done again it leaves the same trace.</summary>
public sealed class RecordingReplayTests
{
    private const string Region = "create-region: {decoder: decoder0.0}";
    private const string Block = "/sys/devices/system/memory/memory512/state";

    /// <summary>Steps bring their own writes, stores and programs with them.</summary>
    [Fact]
    public void Steps_AreDoneAgain()
    {
        RecordedSession recorded = new(
            Given.OneCard, 7, Region, "store: {hpa: 0x1000000040, value: 0x1122}", "load: {hpa: 0x1000000040, value: 0x1122}",
            "allocate: {size: 1MiB, task: a, policy: bind, nodes: [1]}", "free: a", "offline-memory: dax0.0", "offline: memory999");
        for (int step = 1; step <= 7; step++)
        {
            recorded.Step(step);
        }

        recorded.Session.CheckPlacement();

        ReplayResult result = recorded.ShouldReplay();
        result.Steps.Select(step => step.Error).Should().Equal(Errno.Ok, Errno.Ok, Errno.Ok, Errno.Ok, Errno.Ok, Errno.Ok, Errno.ENOENT);
        result.Checks.Should().HaveCount(3).And.OnlyContain(check => check.Found);
        recorded.Text.Split('\n').Count(line => line.StartsWith("{\"line\":\"step\"", StringComparison.Ordinal)).Should().Be(7);
        recorded.Text.Should().NotContain("\"line\":\"write\"", "a step's own writes come with the step");
    }

    /// <summary>A tool that loads modules does more than write.</summary>
    [Fact]
    public void StepsOfTools_AreDoneAgain()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region, "reconfigure-device: {device: dax0.0, mode: devdax, force: true}", "disable-device: dax0.0", "read: /sys/bus/dax/devices/dax0.0/size");
        for (int step = 1; step <= 4; step++)
        {
            recorded.Step(step).Error.Should().Be(Errno.Ok);
        }

        recorded.ShouldReplay();
    }

    [Fact]
    public void WritesAndReads_AreDoneAgain()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        recorded.Session.Write(Block, "offline").Should().Be(Errno.Ok);
        recorded.Session.Write(Block, "on\nline \"ä\"").Should().Be(Errno.EINVAL);
        recorded.Session.Read(Block);

        recorded.ShouldReplay();
    }

    [Fact]
    public void AnotherKernel_StartsAgain()
    {
        RecordedSession recorded = new(Given.WithDecoders(Given.OneCard), 0, Region);
        recorded.Step(1);
        recorded.Session.Kexec("memhp_default_state=offline").Should().Be(Errno.Ok);
        recorded.Session.Read(Block).Text.Should().Be("offline");

        recorded.ShouldReplay();
    }

    /// <summary>The wall clock decides when time passes; the recording keeps how much.</summary>
    [Fact]
    public void FilesMonitorAndTime_AreDoneAgain()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        HandClock clock = new();
        using (LiveMachine machine = new(recorded.Session, clock))
        {
            LiveFiles files = new(machine);
            files.Write("/run/load-module", "cxl_test").Should().NotBe(Errno.Ok);
            files.MakeDirectory("/sys/kernel/tracing/instances/mine").Should().Be(Errno.Ok);
            files.Write("/sys/kernel/tracing/instances/mine/tracing_on", "1").Should().Be(Errno.Ok);
            clock.Pass(TimeSpan.FromSeconds(3));
            ulong monitor = files.Open("/dev/ttyS1")!.Value;
            files.Write(monitor, """QMP {"execute": "cxl-inject-poison", "arguments": {"path": "card", "start": 0, "length": 64}}""" + "\n").Should().Be(Errno.Ok);
            files.Write(Block, "offline").Should().Be(Errno.Ok);
            ulong log = files.Open("/dev/kmsg")!.Value;
            files.Read(log).Error.Should().Be(Errno.Ok);
            clock.Pass(TimeSpan.FromMilliseconds(1.5));
            files.Write("/run/pass-time", "2.5").Should().Be(Errno.Ok);
            files.Read(Block).Should().Be("offline\n");
            files.RemoveDirectory("/sys/kernel/tracing/instances/mine").Should().Be(Errno.Ok);
            files.Store(files.Open("/dev/media/card")!.Value, "\u00ff\u0000", 1 << 20).Should().Be(Errno.EACCES, "nobody writes past the decoders");
            SendIdentify(machine);
        }

        recorded.Text.Should().Contain("\"line\":\"advance\"").And.Contain("\"line\":\"ioctl\"").And.Contain("\"line\":\"end\"");
        recorded.ShouldReplay();
    }

    /// <summary>A replay that a line is missing of is another: it says between which events.</summary>
    [Fact]
    public void WhatIsNotDone_IsMissed()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        recorded.Session.Write(Block, "offline");
        recorded.Session.Read(Block);
        string[] lines = recorded.End().Split('\n');
        string[] without = [.. lines.Where(line => !line.StartsWith("{\"line\":\"write\"", StringComparison.Ordinal))];

        string? difference = RecordedSession.Replay(string.Join('\n', without)).Result.Difference;

        RecordingReader.ReadText(string.Join('\n', lines), "r").Recording!.Requests.OfType<RecordedWrite>().Should().ContainSingle();
        difference.Should().MatchRegex(@"^between events \d+ and \d+: this run stands at event \d+, and was recorded at event \d+$");
    }

    [Fact]
    public void AnotherValue_IsFoundByTheHash()
    {
        RecordedSession recorded = new(Given.OneCard);
        recorded.Session.Write("/sys/bus/cxl/devices/decoder0.0/nothing", "1");
        recorded.Session.Read(Block);
        string text = recorded.End().Replace("nothing\",\"value\":\"1\"", "nothing\",\"value\":\"2\"", StringComparison.Ordinal);

        RecordedSession.Replay(text).Result.Difference.Should().Contain("the trace up to there has the hash");
    }

    [Fact]
    public void CutOff_ReplaysUpToThere()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        recorded.Session.Write(Block, "offline");
        string before = recorded.Trace;
        string text = recorded.Text;
        recorded.Session.Write(Block, "online");

        (ReplayResult result, string trace) = RecordedSession.Replay(text + "{\"line\":\"write\",\"eve");

        result.Difference.Should().BeNull();
        trace.Should().Be(before);
    }

    /// <summary>As a bug of the simulator leaves it: nobody had summed up the trace.</summary>
    [Fact]
    public void WithoutHashes_ItIsHeldAgainstEventsAndTimes()
    {
        MachineSession session = new(new Machine.SimulatedMachine(Given.Described(Given.OneCard)));
        StringWriter writer = new();
        Recorder recorder = session.Record(null, new PlatformInput("p.yaml").Header(0), Platform.PlatformReader.ReadText(Given.OneCard, "p.yaml"));
        session.Boot();
        session.Read(Block);
        recorder.End();
        recorder.WriteTo(writer);

        writer.ToString().Should().NotContain("\"trace\"");
        RecordedSession.Replay(writer.ToString()).Result.Should().BeEquivalentTo(new { Difference = (string?)null, Events = session.Machine.Simulation.EventNumber });
    }

    /// <summary>Programs may store gigabytes in a shell: what nobody asked to keep is given up before it fills the memory.</summary>
    [Fact]
    public void KeptInMemory_ItHasABound()
    {
        MachineSession session = new(new Machine.SimulatedMachine(Given.Described(Given.OneCard)));
        Recorder recorder = session.Record(null, new PlatformInput("p.yaml").Header(0), Platform.PlatformReader.ReadText(Given.OneCard, "p.yaml"));
        using LiveMachine machine = new(session, new HandClock());
        RecordedFileWrite write = new(1, 0, new string('x', 1 << 20));
        for (int i = 0; i < 31; i++)
        {
            recorder.Note(write);
        }

        recorder.HasKept.Should().BeTrue();
        machine.IsRecorded.Should().BeTrue();
        recorder.Note(write);
        machine.IsRecorded.Should().BeFalse("what is stored from here on needs no words");
        recorder.End();
        recorder.HasKept.Should().BeFalse();
    }

    /// <summary>What a program stores to memory is no text, and would take six characters a byte as one; both are the same bytes again.</summary>
    [Theory]
    [InlineData("region0\n", "{\"line\":\"file-write\",\"event\":0,\"time\":0,\"handle\":1,\"offset\":0,\"text\":\"region0\\n\",\"process\":0,\"request\":\"\"}")]
    [InlineData("\0\0\0", "{\"line\":\"file-write\",\"event\":0,\"time\":0,\"handle\":1,\"offset\":0,\"text\":\"\",\"process\":0,\"bytes\":\"AAAA\",\"request\":\"\"}")]
    public void Bytes_AreKeptShort(string written, string line)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(written);

        string text = RecordingText.Of(RecordedFileWrite.Of(1, 0, bytes, caller: null));

        text.Should().Be(line);
        ((RecordedFileWrite)RecordingText.Read(text, out _, out _)!).Content.Should().Equal(bytes);
    }

    /// <summary>Whatever the recorder has no word for would be missing in the replay.</summary>
    [Fact]
    public void WorkWithoutAWord_IsABug()
    {
        RecordedSession recorded = new(Given.OneCard);
        FluentActions.Invoking(() => recorded.Session.Do<bool>("anything", () => true)).Should().Throw<SimulatorBugException>();
    }

    private static void SendIdentify(LiveMachine machine)
    {
        CxlSendCommand send = new() { Id = 1, OutputSize = 0x43 };
        MailboxAnswer answer = machine.Do(
            "ioctl mem0 send command 1",
            async kernel => await new CxlMemdevIoctl(kernel.Log, (CxlMemdev)kernel.Cxl.Bus.Find("mem0")!).SendAsync(send, []),
            new RecordedIoctl("mem0", BinaryLayout.ToBytes(send), []));
        answer.Error.Should().Be(Errno.Ok);
    }
}
