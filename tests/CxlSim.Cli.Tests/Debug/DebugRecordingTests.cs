using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim debug</c> of a recording, and of what breaks the simulator.</summary>
public sealed class DebugRecordingTests : IDisposable
{
    private const string Platform = ScratchFolder.OneCard + "steps: [create-region: {decoder: decoder0.0}]\n";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Program_KnowsARecordingByItsFirstLine()
    {
        string recording = Recorded();

        ProgramResult result = RealProgram.Shell("printf 'run-until Running\\nstep-file\\ncontinue\\nback\\nreverse-continue\\n' | $0 debug \"$1\"", recording);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain(": 'create-region decoder0.0 ram' ended with Ok region0 ")
            .And.Contain("nothing is left to do\n").And.NotContain("another run").And.EndWith("this is the power-on\n[    0.000000] event 0 PowerOn: phase PowerOn\n");
    }

    [Fact]
    public void ADifference_IsSaid()
    {
        string recording = Recorded();
        File.WriteAllText(recording, File.ReadAllText(recording).Replace("volatile: 1GiB", "volatile: 2GiB", StringComparison.Ordinal));

        ProgramResult result = RealProgram.Shell("printf 'continue\\nback\\n' | $0 debug \"$1\"", recording);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("\nanother run than was recorded: between events 0 and ");
    }

    [Theory]
    [InlineData("--seed", "1")]
    [InlineData("--set", "memory.dram=4GiB")]
    [InlineData("--append", "quiet")]
    public void OptionsOfAPlatform_AreRefused(string option, string value)
    {
        ProgramResult result = RealProgram.Run("debug", Recorded(), option, value);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith($"cxlsim: found {option} with a recording; expected none");
    }

    [Fact]
    public void BrokenRecording_IsBadInput()
    {
        ProgramResult result = RealProgram.Run("debug", _folder.Write("r", "{\"line\":\"recording\"}\n"));
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith($"{_folder["r"]}:1:1: error CXR0002: ");
    }

    [Fact]
    public void Bug_IsReportedOnce_AndTheExitCodeSaysSo()
    {
        List<Exception> reported = [];
        DebugSession session = new(PlatformReader.ReadText(Platform, "p.yaml").Platform!);
        session.Machine.Simulation.AddSink(new BrokenRule());

        (string output, int code) = DebugScript.Run(session, reported.Add, "continue", "step", "backtrace", "back", "info phases");

        code.Should().Be(70);
        reported.Should().ContainSingle().Which.Message.Should().Be("expected a rule that holds");
        output.Should().Contain("(cxlsim) continue\na bug of the simulator: expected a rule that holds\n").And.Contain("\n> ");
    }

    private string Recorded()
    {
        RealProgram.Run("run", _folder.Write("p.yaml", Platform), "--record", _folder["r.jsonl"], "--quiet").ExitCode.Should().Be(0);
        return _folder["r.jsonl"];
    }

    private sealed class BrokenRule : ITraceSink
    {
        public void Record(SimTime time, long eventNumber, TraceRecord record)
        {
            if (record is DriverBound)
            {
                throw new SimulatorBugException("a rule that holds");
            }
        }
    }
}
