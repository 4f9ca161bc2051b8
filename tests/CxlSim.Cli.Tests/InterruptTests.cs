using System.Diagnostics;

namespace CxlSim.Cli.Tests;

/// <summary>The real program is stopped in the middle, by signals and by readers that go: nothing of it stays, and the exit code is that which shells give.</summary>
public sealed class InterruptTests : IDisposable
{
    private static readonly string Platform = RealProgram.Platform("multi-interleave");

    private readonly ScratchFolder _work = new();
    private readonly ScratchFolder _temporary = new();

    public static TheoryData<string, int, string> LongCommands
    {
        get
        {
            TheoryData<string, int, string> all = [];
            foreach (string command in new[]
            {
                $"run {Platform} --quiet --trace trace --dmesg log", $"mlc {Platform} --plot curves.svg", $"report {Platform}", "fuzz --cases 1000000",
                $"test {RepositoryRoot.File("platforms/scenarios")} --repeat 1000 --junit results.xml --json results.json", $"translate {Platform}", "dap --port 0",
                $"check {string.Join(' ', Enumerable.Repeat(Platform, 200))}", $"debug {Platform}", $"shell {Platform} -- tail -f /dev/null",
            })
            {
                all.Add("INT", 130, command);
                all.Add("TERM", 143, command);
            }

            all.Add("HUP", 129, $"mlc {Platform}");
            return all;
        }
    }

    public void Dispose()
    {
        _work.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [MemberData(nameof(LongCommands))]
    public void Signal_EndsTheCommandAndLeavesNothing(string signal, int exitCode, string command)
    {
        if (command.StartsWith("shell", StringComparison.Ordinal) && !File.Exists("/dev/fuse"))
        {
            return; // there is nothing to stop
        }

        ProgramResult program = Stop(signal, command, command.StartsWith("run", StringComparison.Ordinal) ? () => File.Exists(_work["trace.part"]) : null);
        program.ExitCode.Should().Be(exitCode, program.Error);
        program.Error.Should().NotContain("   at ").And.NotContain("Exception");
        Directory.EnumerateFileSystemEntries(_work["."]).Should().BeEmpty();
    }

    /// <summary>Its regular end.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Mount_IsGoneAfterASignal(string signal)
    {
        if (!File.Exists("/dev/fuse"))
        {
            return;
        }

        string folder = Directory.CreateDirectory(_work["machine"]).FullName;
        ProgramResult program = Stop(signal, $"mount {Platform} machine", () => Directory.Exists(Path.Combine(folder, "sys")));
        program.ExitCode.Should().Be(0, program.Error);
        Directory.EnumerateFileSystemEntries(folder).Should().BeEmpty();
    }

    /// <summary>One that was there before stays as it was.</summary>
    [Fact]
    public void Signal_LeavesTheFileThatWasThere()
    {
        _work.Write("trace", "of yesterday");
        Stop("INT", $"run {Platform} --quiet --trace trace", () => File.Exists(_work["trace.part"]));
        File.ReadAllText(_work["trace"]).Should().Be("of yesterday");
    }

    [Theory]
    [InlineData("run {0}")]
    [InlineData("run {0} --json --log-level none")]
    [InlineData("list {0}")]
    [InlineData("show lsmem {0}")]
    [InlineData("explain {0}")]
    [InlineData("tables show {0}")]
    [InlineData("schema")]
    [InlineData("mlc {0} --idle-latency")]
    [InlineData("report {0} --no-curves -o -")]
    [InlineData("--help")]
    public void ReaderThatGoes_EndsTheCommandWithoutAWord(string command)
    {
        // The pipe has no reader any more when the command first writes.
        ProgramResult program = RealProgram.Shell($"(sleep 0.1; $0 {string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Platform)} 2> '{_work["errors"]}') | true; echo ${{PIPESTATUS[0]}}");
        program.Output.Should().Be("141\n");
        File.ReadAllText(_work["errors"]).Should().NotContain("   at ").And.NotContain("cxlsim:");
    }

    /// <summary>It would go on until its input ends, which is never.</summary>
    [Fact]
    public void Translate_EndsWithItsReader() =>
        RealProgram.Shell($"yes 0x1000 | $0 translate '{Platform}' | head -1; echo ${{PIPESTATUS[1]}}").Output.Should().EndWith("\n141\n");

    /// <summary>Starts a command, sends it a signal when it is in the middle, and sees that no process of it and no mount is left.</summary>
    private ProgramResult Stop(string signal, string command, Func<bool>? isInTheMiddle)
    {
        ProcessStartInfo start = new("env", ["--default-signal=INT,HUP,TERM", RealProgram.Executable, .. command.Split(' ')])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _work["."],
        };
        start.Environment["TMPDIR"] = _temporary["."];
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Stopwatch waited = Stopwatch.StartNew();
        while (!process.HasExited && waited.Elapsed < TimeSpan.FromSeconds(60) && !(isInTheMiddle?.Invoke() ?? waited.Elapsed > TimeSpan.FromSeconds(1)))
        {
            process.WaitForExit(TimeSpan.FromMilliseconds(20));
        }

        process.HasExited.Should().BeFalse("it is stopped in the middle");
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        process.WaitForExit(TimeSpan.FromSeconds(60)).Should().BeTrue("it ends");
        Directory.EnumerateFileSystemEntries(_temporary["."]).Should().BeEmpty();
        File.ReadAllText("/proc/mounts").Should().NotContain(Path.GetFullPath(_work["."]));
        ProcessesOfTest().Should().BeEmpty();
        return new ProgramResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>All that have inherited the folder for temporary files.</summary>
    private IEnumerable<string> ProcessesOfTest()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out int process) && process != Environment.ProcessId))
        {
            string environment = string.Empty;
            try
            {
                environment = File.ReadAllText(Path.Combine(folder, "environ"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // it has ended, or is somebody else's
            }

            if (environment.Contains(_temporary["."], StringComparison.Ordinal))
            {
                yield return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
        }
    }
}
