using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>Files that are no recordings, or wrong ones: a numbered diagnostic with its line, never an exception.</summary>
public sealed class HostileRecordingTests
{
    private const string Head = """{"line":"recording","version":1,"simulator":"1","platform":"p.yaml","platformLines":1,"seed":0}""";
    private const string Platform = """{"line":"platform","text":"steps: [read: /sys/devices/system/memory/auto_online_blocks]"}""";
    private const string Open = """{"line":"open","event":9,"time":9,"path":"/proc/iomem","flags":"Read","handle":1,"request":"open iomem"}""";

    [Theory]
    [InlineData("", "r:1:1: error CXR0002")]
    [InlineData("\0\u0001binary\u0002\n\n\n", "r:1:1: error CXR0002")]
    [InlineData("memory: {dram: 2GiB}\n", "r:1:1: error CXR0002")]
    [InlineData(Platform + "\n", "r:1:1: error CXR0002")]
    [InlineData("""{"line":"recording","version":2,"simulator":"1","platform":"p.yaml","platformLines":1,"seed":0}""", "r:1:1: error CXR0002: found version 2; expected 1")]
    [InlineData("""{"line":"recording","version":1,"simulator":"1","platform":"p.yaml","platformLines":1,"seed":0,"steps":[null]}""", "r:1:1: error CXR0002")]
    [InlineData(Head + "\n", "r:1:1: error CXR0002: found 0 lines of the platform file; expected 1")]
    [InlineData(Head + "\n" + Open + "\n", "r:2:1: error CXR0002")]
    public void NoRecording_IsRefused(string text, string expected) => First(text).Should().StartWith(expected);

    [Theory]
    [InlineData("{}", "r:3:1: error CXR0003: found an object whose 'line' does not say what it is")]
    [InlineData("[]", "r:3:2: error CXR0003")]
    [InlineData("null", "r:3:1: error CXR0003: found null")]
    [InlineData("{\"line\":\"open\"", "r:3:15: error CXR0003")]
    [InlineData("""{"line":"kill","event":9,"time":9}""", "r:3:24: error CXR0003")]
    [InlineData("""{"line":"read","time":9,"path":"/"}""", "r:3:36: error CXR0003")]
    [InlineData("""{"line":"read","event":9,"time":9,"path":null}""", "r:3:46: error CXR0003")]
    [InlineData("""{"line":"read","event":9.5,"time":9,"path":"/"}""", "r:3:27: error CXR0003")]
    [InlineData("""{"line":"read","event":9,"time":9,"path":"/","more":1}""", "r:3:53: error CXR0003")]
    [InlineData("""{"line":"read","event":9,"time":9,"path":"/","path":"/a"}""", "r:3:53: error CXR0003")]
    [InlineData(Head, "r:3:1: error CXR0005")]
    [InlineData(Platform, "r:3:1: error CXR0005")]
    [InlineData("""{"line":"end","events":9,"time":9}""" + "\n" + Open, "r:4:1: error CXR0005: found something behind the end; expected nothing")]
    [InlineData(Open + "\n" + """{"line":"placement","event":8,"time":9}""", "r:4:1: error CXR0005: found event 8 at 9 ps; expected none before event 9 at 9 ps")]
    [InlineData(Open + "\n" + """{"line":"end","events":9,"time":8}""", "r:4:1: error CXR0005")]
    [InlineData("""{"line":"placement","event":-1,"time":9}""", "r:3:1: error CXR0005")]
    [InlineData("""{"line":"step","event":9,"time":9,"number":2}""", "r:3:1: error CXR0006: found step 2; expected one of the platform's 1")]
    [InlineData("""{"line":"step","event":9,"time":9,"number":0}""", "r:3:1: error CXR0006")]
    [InlineData("""{"line":"advance","event":9,"time":9,"until":8}""", "r:3:1: error CXR0006")]
    [InlineData("""{"line":"advance","event":9,"time":9,"until":9223372036854775807}""", "r:3:1: error CXR0006: found a time behind 8640000000000000000 ps; expected one that the clock can go on from")]
    [InlineData("""{"line":"look","event":9,"time":9}""", "r:3:1: error CXR0006")]
    [InlineData(Open + "\n" + Open, "r:4:1: error CXR0006: found handle 1 twice; expected each once")]
    [InlineData("""{"line":"file-read","event":9,"time":9,"handle":7,"offset":0,"count":1,"request":"read"}""", "r:3:1: error CXR0006: found handle 7; expected one that was opened")]
    [InlineData(Open + "\n" + """{"line":"file-read","event":9,"time":9,"handle":1,"offset":-1,"count":1,"request":"read"}""", "r:4:1: error CXR0006")]
    [InlineData(Open + "\n" + """{"line":"file-read","event":9,"time":9,"handle":1,"offset":0,"count":2000000000,"request":"read"}""", "r:4:1: error CXR0006")]
    [InlineData(Open + "\n" + """{"line":"file-write","event":9,"time":9,"handle":1,"offset":0,"text":"\u20ac","caller":"sh","process":1,"request":"write"}""", "r:4:1: error CXR0006")]
    [InlineData("""{"line":"ioctl","event":9,"time":9,"memdev":"mem0","command":"AAAA","input":"","request":"ioctl"}""", "r:3:1: error CXR0006")]
    public void WrongLine_IsNamed(string lines, string expected) => First($"{Head}\n{Platform}\n{lines}\n").Should().StartWith(expected);

    /// <summary>The boot stops before there is a kernel, and so would each request.</summary>
    [Theory]
    [InlineData("""{"line":"placement","event":0,"time":0}""")]
    [InlineData("""{"line":"step","event":0,"time":0,"number":1}""")]
    public void RequestWithoutAKernel_EndsTheReplay(string request)
    {
        Recording recording = RecordingReader.ReadText($"{Head.Replace("\"seed\":0", "\"seed\":0,\"until\":\"PowerOn\"", StringComparison.Ordinal)}\n{Platform}\n{request}\n", "r").Recording!;
        MachineSession session = new(new Machine.SimulatedMachine(recording.Platform, 0));
        TraceHash hash = new();
        session.Machine.Simulation.AddSink(hash);
        session.Machine.Simulation.StopRequested = true;

        new RecordingPlayer(session, recording, hash).Play().Difference.Should().Be("at event 0: no kernel runs yet that could do the request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"line\":\"open\",\"ev")]
    public void WithoutAnEnd_ItIsAWarning(string cut)
    {
        RecordingReadResult read = RecordingReader.ReadText($"{Head}\n{Platform}\n{Open}\n{cut}", "r");
        read.Diagnostics.Should().ContainSingle().Which.ToString().Should().Contain(": warning CXR0004: found no end; the 1 requests up to here are replayed");
        read.Recording!.Requests.Should().ContainSingle();
    }

    [Fact]
    public void PlatformOfARecording_IsReadAsAnyOther() =>
        First(Head + "\n" + """{"line":"platform","text":"naem: x"}""" + "\n").Should().StartWith("p.yaml:1:1: error CXP0003");

    [Fact]
    public void FileThatCannotBeRead_IsNamed() =>
        RecordingReader.ReadFile("/no/such/file").Diagnostics.Single().ToString().Should().StartWith("/no/such/file:1:1: error CXR0001");

    /// <summary>Bytes changed, lines lost, doubled, swapped: it replays, or something is said.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MutatedRecordings_NeverThrow(ulong seed)
    {
        RecordedSession recorded = new(Given.OneCard, 0, "create-region: {decoder: decoder0.0}", "offline: memory512");
        recorded.Step(1);
        HandClock clock = new();
        using (LiveMachine machine = new(recorded.Session, clock))
        {
            LiveFiles files = new(machine);
            clock.Pass(TimeSpan.FromSeconds(1));
            files.Write("/sys/devices/system/memory/memory513/state", "offline");
            files.Read("/dev/kmsg");
        }

        SimRandom random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            string text = Mutated(recorded.Text, random);
            RecordingReadResult read = RecordingReader.ReadText(text, "r");
            (read.Recording is not null || read.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)).Should().BeTrue();
            if (read.Recording is { Header.Seed: var machineSeed } recording)
            {
                MachineSession session = new(new Machine.SimulatedMachine(recording.Platform, machineSeed));
                TraceHash hash = new();
                session.Machine.Simulation.AddSink(hash);
                new RecordingPlayer(session, recording, hash).Play();
            }
        }
    }

    private static string Mutated(string text, SimRandom random)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = (int)random.Next((ulong)lines.Count);
        int other = (int)random.Next((ulong)lines.Count);
        switch (random.Next(5))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[other]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3 when lines[at].Length > 0:
                int column = (int)random.Next((ulong)lines[at].Length);
                lines[at] = lines[at][..column] + (char)(' ' + random.Next(95)) + lines[at][(column + 1)..];
                break;
            default:
                return text[..(int)random.Next((ulong)text.Length)];
        }

        return string.Join('\n', lines);
    }

    private static string First(string text)
    {
        RecordingReadResult read = RecordingReader.ReadText(text, "r");
        read.Recording.Should().BeNull();
        return read.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString();
    }
}
