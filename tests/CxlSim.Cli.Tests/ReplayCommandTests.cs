using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>Recording with the program, and replaying.</summary>
public class ReplayCommandTests(ITestOutputHelper output)
{
    private const string Platform = ScratchFolder.OneCard + "steps: [create-region: {decoder: decoder0.0}]\n";

    [Fact]
    public void Run_IsReplayedByteForByte()
    {
        using ScratchFolder folder = new();
        ProgramResult run = RealProgram.Run(
            "run", folder.Write("p.yaml", Platform), "--record", folder["r"], "--trace", folder["t1"], "--dmesg", folder["d1"], "--quiet",
            "--seed", "5", "--set", "memory.dram=4GiB", "--step", "offline-memory: dax0.0");
        (run.ExitCode, run.Error).Should().Be((0, ""));
        File.Delete(folder["p.yaml"]); // the recording has it

        ProgramResult replay = RealProgram.Run("replay", folder["r"], "--trace", folder["t2"], "--dmesg", folder["d2"]);

        (replay.ExitCode, replay.Error).Should().Be((0, ""));
        replay.Output.Should().MatchRegex("^same trace: [0-9]+ events, hash [0-9a-f]{16}\n$");
        File.ReadAllBytes(folder["t2"]).Should().Equal(File.ReadAllBytes(folder["t1"]));
        File.ReadAllBytes(folder["d2"]).Should().Equal(File.ReadAllBytes(folder["d1"]));
        RealProgram.Run("replay", folder["r"], "--quiet").Should().Be(new ProgramResult(0, "", ""));
    }

    /// <summary>Bytes of tables that the platform names as files are in the recording: it replays where they are not.</summary>
    [Fact]
    public void TableFiles_AreInTheRecording()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("tables", "export", folder.Write("plain.yaml", Platform), "-o", folder["tables"]).ExitCode.Should().Be(0);
        File.Copy(Path.Combine(folder["tables"], "srat.dat"), folder["srat.bin"]);
        string platform = folder.Write("p.yaml", Platform + "firmware: {tables: {SRAT: srat.bin}}\n");
        ProgramResult run = RealProgram.Run("run", platform, "--record", folder["r"], "--quiet");
        (run.ExitCode, run.Error).Should().Be((0, ""));
        File.Delete(folder["srat.bin"]);

        ProgramResult replay = RealProgram.Run("replay", folder["r"]);

        (replay.ExitCode, replay.Error).Should().Be((0, ""));
        replay.Output.Should().StartWith("same trace: ");
        File.ReadLines(folder["r"]).Should().ContainSingle(line => line.StartsWith("{\"line\":\"table-file\",\"path\":\"srat.bin\",\"bytes\":\"", StringComparison.Ordinal));
        string[] without = [.. File.ReadLines(folder["r"]).Where(line => !line.Contains("table-file", StringComparison.Ordinal))];
        File.WriteAllLines(folder["r"], without);
        RealProgram.Run("replay", folder["r"]).Error.Should().Contain("error CXR0002: found 0 table files; expected 1");
    }

    [Theory]
    [InlineData("--until", "KmemProbe", 0)]
    [InlineData("--until", "AcpiScan", 0)]
    [InlineData("--step", "offline: memory999", 1)]
    public void StoppedOrFailedRun_IsReplayedWithItsExitCode(string option, string value, int exitCode)
    {
        using ScratchFolder folder = new();
        RealProgram.Run("run", folder.Write("p.yaml", Platform), "--record", folder["r"], "--quiet", option, value).ExitCode.Should().Be(exitCode);

        ProgramResult replay = RealProgram.Run("replay", folder["r"]);

        replay.ExitCode.Should().Be(exitCode, replay.Error);
        replay.Output.Should().StartWith("same trace: ");
    }

    [Fact]
    public void AnotherTrace_IsNamedWhereItBegins()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("run", folder.Write("p.yaml", Platform), "--record", folder["r"], "--trace", folder["t"], "--quiet").ExitCode.Should().Be(0);
        File.WriteAllText(folder["r"], File.ReadAllText(folder["r"]).Replace("volatile: 1GiB", "volatile: 2GiB", StringComparison.Ordinal));

        ProgramResult replay = RealProgram.Run("replay", folder["r"]);

        replay.ExitCode.Should().Be(1);
        string[] lines = replay.Output.Split('\n');
        lines[0].Should().MatchRegex("^another trace: between events [0-9]+ and [0-9]+: ");
        lines[1].Should().StartWith(folder["t"] + ":").And.Contain(": recorded: ");
        lines[2].Should().StartWith(folder["t"] + ":").And.Contain(": now:      ");
    }

    [Fact]
    public void CutOff_IsAWarning()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("run", folder.Write("p.yaml", Platform), "--record", folder["r"], "--quiet");
        string text = File.ReadAllText(folder["r"]);
        File.WriteAllText(folder["r"], text[..^20]);

        ProgramResult replay = RealProgram.Run("replay", folder["r"]);

        (replay.ExitCode, replay.Output.Split(':')[0]).Should().Be((0, "same trace up to where the recording is cut off"));
        replay.Error.Should().MatchRegex($"^{folder["r"]}:[0-9]+:1: warning CXR0004: ");
    }

    [Theory]
    [InlineData("no such file", "CXR0001")]
    [InlineData("p.yaml", "CXR0002")]
    public void WhatIsNoRecording_IsBadInput(string name, string number)
    {
        using ScratchFolder folder = new();
        folder.Write("p.yaml", Platform);
        ProgramResult result = RealProgram.Run("replay", folder[name]);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith($"{folder[name]}:1:1: error {number}: ");
    }

    [Theory]
    [InlineData("run", "p.yaml", "--record", "p.yaml")]
    [InlineData("run", "p.yaml", "--record", "out", "--trace", "out")]
    [InlineData("replay", "p.yaml", "--trace", "p.yaml")]
    public void FilesThatAreOne_AreRefused(params string[] arguments)
    {
        using ScratchFolder folder = new();
        folder.Write("p.yaml", Platform);
        ProgramResult result = RealProgram.Run([.. arguments.Select(word => word is "p.yaml" or "out" ? folder[word] : word)]);
        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("found one file named twice");
        File.ReadAllText(folder["p.yaml"]).Should().Be(Platform);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("mount")]
    public void RecordingThatCannotBeWritten_IsBadInput(string command)
    {
        using ScratchFolder folder = new();
        string[] directory = command == "mount" ? [Path.GetTempPath()] : [];
        ProgramResult result = RealProgram.Run([command, folder.Write("p.yaml", Platform), .. directory, "--record", folder["no/such/r"]]);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("cxlsim: the output cannot be written: ");
    }

    /// <summary>What programs do at times of the wall clock's choice happens again at the same events.</summary>
    [Fact]
    public void Shell_IsReplayed()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        using ScratchFolder folder = new();
        ProgramResult shell = WindowFixture.Shell("qemu-single", """
            cd /sys/bus/cxl/devices
            cat mem0/serial decoder0.0/create_ram_region
            echo region0 > decoder0.0/create_ram_region
            echo nonsense > region0/size
            sleep 3; modprobe -r cxl_pmem; mkdir /sys/kernel/tracing/instances/mine; dmesg | tail -1
            """, "--record", folder["r"]);
        shell.Output.Should().StartWith("0xabc0\nregion0\n");

        ProgramResult replay = RealProgram.Run("replay", folder["r"]);

        (replay.ExitCode, replay.Error).Should().Be((0, ""));
        replay.Output.Should().StartWith("same trace: ");
    }

    /// <summary>A bug leaves a recording also where none was asked for; its name says what broke where.</summary>
    [Fact]
    public void Bug_LeavesARecording()
    {
        using ScratchFolder folder = new();
        RunOptions options = Options(folder.Write("p.yaml", Platform), null);
        MachineSession session = new(new SimulatedMachine(PlatformFile.Read(options.Input, out PlatformReadResult read)!));
        using SessionRecording recording = new(session, options.Input.Header(0), read, null, folder[""]);
        session.Boot();
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]);

        string? kept = recording.Keep();

        kept.Should().Be(folder[$"cxlsim-bug-p-event-{session.Machine.Simulation.EventNumber}.jsonl"]);
        ProgramResult replay = RealProgram.Run("replay", kept!);
        (replay.ExitCode, replay.Error).Should().Be((0, ""));
        replay.Output.Should().StartWith("same events, and no hash was recorded: ");
    }

    /// <summary>What shell and mount do with a bug: the recording that nobody asked for is a file then.</summary>
    [Fact]
    public void Bug_InAShell_LeavesARecording()
    {
        using ScratchFolder folder = new();
        BootArguments boot = new(records: true);
        System.CommandLine.Command command = new("shell");
        boot.AddTo(command);
        System.CommandLine.ParseResult parsed = command.Parse([folder.Write("p.yaml", Platform), "--steps"]);
        MachineSession session = boot.Boot(parsed)!;
        session.Write("/sys/devices/system/memory/auto_online_blocks", "offline").Should().Be(Errno.Ok);

        string error = ErrorOf(() => boot.Report(new SimulatorBugException("a rule"), parsed).Should().Be(70));

        string file = $"cxlsim-bug-p-event-{session.Machine.Simulation.EventNumber}.jsonl";
        error.Should().Contain($"cxlsim: see it again: cxlsim replay '{file}'\ncxlsim: step through it: cxlsim debug '{file}'\n");
        ProgramResult replay = RealProgram.Run("replay", file);
        File.Delete(file);
        (replay.ExitCode, replay.Error).Should().Be((0, ""));
    }

    [Fact]
    public void BugReport_SaysHowToSeeItAgain()
    {
        string error = ErrorOf(() => BugReport.Print(new SimulatorBugException("a rule"), null, "replay 'cxlsim-bug-p-event-7.jsonl'", "cxlsim-bug-p-event-7.jsonl").Should().Be(70));

        error.Should().Contain("cxlsim: see it again: cxlsim replay 'cxlsim-bug-p-event-7.jsonl'\ncxlsim: step through it: cxlsim debug 'cxlsim-bug-p-event-7.jsonl'\n");
    }

    private static string ErrorOf(Action report)
    {
        StringWriter error = new();
        TextWriter before = Console.Error;
        Console.SetError(error);
        try
        {
            report();
        }
        finally
        {
            Console.SetError(before);
        }

        return error.ToString();
    }

    private static RunOptions Options(string platform, string? record) => new()
    {
        Platform = platform, Settings = [], Append = null, LogLevel = null, Json = false, Quiet = true, Seed = 0, Until = null, Dmesg = null, Trace = null, Record = record,
    };
}
