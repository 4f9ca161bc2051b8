namespace CxlSim.Cli.Tests;

/// <summary>The first platform of a stranger.</summary>
public class NewTests
{
    [Fact]
    public void TheStarter_BootsAtOnce()
    {
        using ScratchFolder folder = new();
        string file = folder["mine/first.yaml"];

        RealProgram.Run("new", file).ExitCode.Should().Be(0);
        ProgramResult run = RealProgram.Run("run", file);

        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("3 of 3 found").And.MatchRegex(@"card +mem0 .*region0 0x290000000 4 GiB x1 +dax0\.0 kmem");
        File.ReadLines(file).First().Should().Be("# yaml-language-server: $schema=platform.schema.json");
        File.ReadAllText(folder["mine/platform.schema.json"]).Should().Be(RealProgram.Run("schema").Output);
    }

    [Theory]
    [InlineData("qemu-single", 1)]
    [InlineData("rch", 0)]
    public void APlatformOfTheRepository_IsAStartToo(string platform, int schemaLines)
    {
        using ScratchFolder folder = new();
        string file = folder["mine.yaml"];

        RealProgram.Run("new", file, "--like", platform).ExitCode.Should().Be(0);
        string[] lines = File.ReadAllLines(file);

        lines[0].Should().Be("# yaml-language-server: $schema=platform.schema.json");
        lines[1..].Should().Equal(File.ReadLines(RealProgram.Platform(platform)).Skip(schemaLines));
        RealProgram.Run("run", file, "--quiet").ExitCode.Should().Be(0);
        RealProgram.Run("new", "--help").Output.Should().Contain("rch").And.Contain("multi-interleave").And.Contain("xor-4way");
    }

    [Fact]
    public void AFileThatIsThere_IsKept()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("mine.yaml", "name: mine");

        RealProgram.Run("new", file).ShouldBeRefused($"cxlsim: {file} is there and is kept; expected the name of a new file");
        File.ReadAllText(file).Should().Be("name: mine");
    }
}
