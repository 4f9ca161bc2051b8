using System.Diagnostics;

namespace CxlSim.Cli.Tests;

/// <summary>Files of reports are whole, or as they were.</summary>
public class ReportFileTests
{
    /// <summary>Signals as a terminal and a CI system send them: no report, none that is half-written, and the one before untouched.</summary>
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Interrupt_LeavesNoHalfReport(string signal, int exitCode)
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Bad);
        string before = folder.Write("junit.xml", "before");

        using Process program = RealProgram.Begin("test", file, "--repeat", "100000", "--junit", before, "--json", folder["r.json"], "--records", folder["records"]);
        (await program.StandardOutput.ReadLineAsync()).Should().StartWith("FAIL");
        Process.Start("kill", ["-" + signal, $"{program.Id}"])!.Dispose();
        Task<string> error = program.StandardError.ReadToEndAsync();
        await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();

        program.ExitCode.Should().Be(exitCode);
        (await error).Should().MatchRegex("^cxlsim: interrupted after [0-9]+ of 100000 cases; no report is written\n$");
        File.ReadAllText(before).Should().Be("before");
        Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Should().BeEquivalentTo("s.yaml", "junit.xml");
        Directory.GetFiles(folder["records"]).Should().OnlyContain(recording => File.ReadAllText(recording).EndsWith('\n') && File.ReadLines(recording).Last().Contains("end"));
    }

    [Fact]
    public void ReportThatCannotBeWritten_IsSaidAndTheOthersAre()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Good);
        Directory.CreateDirectory(folder["folder.xml"]);

        ProgramResult result = folder.Test(file, "--junit", folder["folder.xml"], "--trx", folder["none/t.trx"], "--json", folder["r.json"]);

        result.ExitCode.Should().Be(2);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("cxlsim: the report cannot be written: "));
        File.Exists(folder["r.json"]).Should().BeTrue();
        Directory.GetFiles(Path.GetDirectoryName(file)!, "*.part").Should().BeEmpty();
    }

    /// <summary>What stands below /dev is written to, and nothing is put in its place.</summary>
    [Fact]
    public void Pipe_TakesAReport()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Good);

        ProgramResult written = RealProgram.Shell("$0 test \"$1\" --junit /dev/fd/1 > \"$2\"", file, folder["out"]);
        written.Error.Should().BeEmpty();
        File.ReadAllText(folder["out"]).Should().StartWith("ok   ").And.Contain("<testsuites name=\"cxlsim\" tests=\"1\"").And.Contain("\n1 passed, 0 failed");
        ProgramResult piped = RealProgram.Shell("$0 test \"$1\" --json >(cat > \"$2\"; touch \"$2.done\"); until [ -e \"$2.done\" ]; do sleep 0.1; done", file, folder["r.json"]);
        piped.Error.Should().BeEmpty();
        File.ReadAllText(folder["r.json"]).Should().EndWith("]\n}\n");
    }
}
