namespace CxlSim.Cli.Tests;

/// <summary>Files that strangers hand over: endless ones, some that lead elsewhere, some that would write elsewhere. The real program says so, soon; docs/SECURITY.md has the list.</summary>
public sealed class HostileFileTests : IDisposable
{
    private static readonly string Platform = RealProgram.Platform("qemu-single");

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run /dev/zero", "CXP0011")]
    [InlineData("test /dev/zero", "CXP0011")]
    [InlineData("tables show /dev/zero", "cxlsim: /dev/zero has more than 64 MiB; expected tables")]
    [InlineData("check --tables /dev/zero", "cxlsim: /dev/zero has more than 64 MiB; expected tables")]
    [InlineData("merge-results /dev/zero", "is no result of")]
    [InlineData("workload {0} --trace /dev/zero", "CXT0006")]
    public void EndlessFile_IsRefused(string command, string said)
    {
        ProgramResult program = Soon(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Platform));
        program.ExitCode.Should().Be(2, program.Error);
        program.Error.Should().Contain(said).And.NotContain("   at ");
    }

    /// <summary>Sparse: it takes no room.</summary>
    [Theory]
    [InlineData("2G", "workload {0} --trace {1}", "CXT0004: found more than 1024 MiB")]
    [InlineData("1G", "merge-results {1}", "found more than 256 MiB; expected no more")]
    [InlineData("1G", "replay {1}", "CXR0001")]
    [InlineData("1G", "run {1}", "CXP0011")]
    public void LargeFile_IsRefused(string size, string command, string said)
    {
        RealProgram.Shell($"truncate -s {size} {_folder["large"]}");
        ProgramResult program = Soon(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Platform, _folder["large"]));
        program.ExitCode.Should().Be(2, program.Error);
        program.Error.Should().Contain(said);
    }

    [Fact]
    public void Capture_IsReadToALimit()
    {
        RealProgram.Shell($"cd {_folder["."]}; for n in 1 2 3 4 5; do truncate -s 60M capture-$n.txt; done");
        Soon($"import {_folder["."]} -o {_folder["out.yaml"]}").Error.Should().Contain("the capture has more than 256 MiB");
    }

    /// <summary>The head of a recording names the trace of its run, which a replay compares with its own.</summary>
    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("pipe")]
    public void Recording_MayNameNothingEndless(string trace)
    {
        RealProgram.Shell($"cd {_folder["."]}; mkfifo pipe; $0 run {Platform} --quiet --record r.jsonl --trace run.trace; sed -i '1s|\"trace\":\"run.trace\"|\"trace\":\"{trace}\"|' r.jsonl");
        File.ReadLines(_folder["r.jsonl"]).First().Should().Contain($"\"{trace}\"");
        Soon("replay r.jsonl").ExitCode.Should().Be(0);
    }

    [Fact]
    public void TableFile_IsNoPipe()
    {
        RealProgram.Shell($"mkfifo {_folder["pipe"]}");
        string file = _folder.Write("p.yaml", ScratchFolder.OneCard + "firmware: {tables: {SRAT: pipe}}\n");
        ProgramResult program = Soon($"run {file}");
        program.ExitCode.Should().Be(2, program.Error);
        program.Error.Should().Contain("has 0 bytes, too few for a table");
    }

    /// <summary>A link under the name of an unfinished output, which is known before: what it leads to stays as it is.</summary>
    [Theory]
    [InlineData("report {0} --no-curves -o out")]
    [InlineData("run {0} --quiet --trace out")]
    [InlineData("run {0} --quiet --dmesg out")]
    public void LinkInPlaceOfAnOutput_IsNotFollowed(string command)
    {
        _folder.Write("precious", "keep");
        File.CreateSymbolicLink(_folder["out.part"], _folder["precious"]);
        ProgramResult program = Soon(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Platform));
        program.ExitCode.Should().Be(0, program.Error);
        File.ReadAllText(_folder["precious"]).Should().Be("keep");
        new FileInfo(_folder["out"]).Length.Should().BeGreaterThan(1000);
    }

    [Theory]
    [InlineData("../precious")]
    [InlineData("below/../../precious")]
    [InlineData("/precious")]
    public void Snapshot_LiesBesideItsScenario(string name)
    {
        _folder.Write("precious", "keep");
        Directory.CreateDirectory(_folder["s"]);
        File.WriteAllText(_folder["s/s.yaml"], Scenario(name));
        ProgramResult program = Soon("test s --update");
        program.ExitCode.Should().Be(2, program.Error);
        program.Error.Should().Contain($"CXP0006: found '{name}' for 'snapshot'; expected a file in the folder of the scenario, or below");
        File.ReadAllText(_folder["precious"]).Should().Be("keep");
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder/precious")]
    public void Snapshot_IsNotWrittenThroughALink(string name)
    {
        Directory.CreateDirectory(_folder["s"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.WriteAllText(_folder["elsewhere/precious"], "keep");
        File.CreateSymbolicLink(_folder["s/link"], _folder["elsewhere/precious"]);
        Directory.CreateSymbolicLink(_folder["s/folder"], _folder["elsewhere"]);
        File.WriteAllText(_folder["s/s.yaml"], Scenario(name));
        ProgramResult program = Soon("test s --update");
        program.ExitCode.Should().Be(1, program.Error);
        program.Output.Should().Contain("is not read or written through the link");
        File.ReadAllText(_folder["elsewhere/precious"]).Should().Be("keep");
    }

    private static string Scenario(string snapshot) => $"platform: {Platform}\nexpect: {{snapshot: {snapshot}}}\n";

    /// <summary>124 where it takes too long.</summary>
    private ProgramResult Soon(string command) => RealProgram.Shell($"cd {_folder["."]}; ulimit -v 300000000; timeout 60 $0 {command}");
}
