using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim list</c> against the real <c>cxl list</c>, which reads the same machine through the window: byte for byte, on both streams.</summary>
public class ListTests(ITestOutputHelper output)
{
    public static TheoryData<string> Platforms => [.. Directory.GetFiles(RepositoryRoot.File("platforms"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    /// <summary>Hundreds of GiB are thousands of memory blocks, and the tool looks at each three times: fewer questions.</summary>
    [Theory]
    [MemberData(nameof(Platforms))]
    public void Platform_IsListedAsTheToolListsIt(string name) => new ListedState(Platform(name), false).ShouldBeListedAlike(ListQuestions.For(name.Length, random: 10, every: 6), output);

    /// <summary>Through the program itself: the flags apart and together, both streams, and bytes as they are.</summary>
    [Fact]
    public void Program_PrintsTheListing()
    {
        string[] flags = ["-B", "-DPM", "--targets", "-R", "-iu"];
        ProgramResult result = RealProgram.Run(["list", Platform("qemu-single"), .. flags]);
        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Be(File.ReadAllText(RepositoryRoot.Golden("01-single-volatile", "00-boot", "cxl-list-BDPMTRiu.json")));
    }

    [Fact]
    public void NothingFound_IsNoError() =>
        RealProgram.Run("list", Platform("qemu-single"), "-p", "nope").Should().Be(new ProgramResult(0, "[]\n", "  Warning: no matching devices found\n\n"));

    [Theory]
    [InlineData("Unrecognized command or argument '-y'.", "-y")]
    [InlineData("Unrecognized command or argument 'mem0'.", "-M", "mem0")]
    [InlineData("-S/--single expects a port filter: -p/--port=", "-S")]
    public void WrongFlags_AreRefused(string message, params string[] flags) =>
        RealProgram.Run(["list", Platform("qemu-single"), .. flags]).ShouldBeRefused($"cxlsim: {message}", "cxlsim: see 'cxlsim --help' and 'cxlsim list --help'");

    private static string Platform(string name) => RealProgram.Platform(name);
}
