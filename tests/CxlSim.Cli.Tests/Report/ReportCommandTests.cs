namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim report</c> as a user calls it.</summary>
public class ReportCommandTests
{
    private const string Failing = ScratchFolder.OneCard + "steps: [{create-region: {decoder: decoder0.0, size: 100MiB}}]\n";

    [Fact]
    public void Page_IsWrittenToTheFile_AndNothingIsPrinted()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("report", RealProgram.Platform("qemu-single"), "-o", folder["p.html"]).Should().Be(new ProgramResult(0, "", ""));

        File.ReadAllText(folder["p.html"]).Should().StartWith("<!doctype html>").And.EndWith("</html>\n").And.Contain("\"name\":\"region0\"");
        File.Exists(folder["p.html.part"]).Should().BeFalse();
    }

    [Fact]
    public void WithoutAName_ItIsReportHtml()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);
        RealProgram.Shell($"cd '{folder["."]}' && $0 report p.yaml").ExitCode.Should().Be(0);

        File.Exists(folder["report.html"]).Should().BeTrue();
        File.ReadAllText(file).Should().Be(ScratchFolder.OneCard);
    }

    /// <summary>The wall clock, the folder and the hour leave no trace.</summary>
    [Fact]
    public void SamePlatform_HasTheSameBytes()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("report", RealProgram.Platform("multi-interleave"), "-o", folder["p.html"]);
        ProgramResult printed = RealProgram.Run("report", RealProgram.Platform("multi-interleave"), "-o", "-");

        printed.ExitCode.Should().Be(0);
        printed.Output.Should().Be(File.ReadAllText(folder["p.html"]));
    }

    [Fact]
    public void OptionsOfOtherCommands_AreTaken()
    {
        string page = RealProgram.Run("report", RealProgram.Platform("qemu-single"), "-o", "-", "--set", "kernel.version=7.2", "--append", "memhp_default_state=offline", "--seed", "3").Output;
        page.Should().Contain("\"kernel\":\"7.2\"").And.Contain("memhp_default_state=offline").And.Contain("\"seed\":\"3\"").And.Contain("\"state\":\"offline\"");

        RealProgram.Run("report", RealProgram.Platform("qemu-single"), "-o", "-", "--no-steps").Output.Should().Contain("\"regions\":[]");
    }

    /// <summary>Nothing else of the page is another for what was measured.</summary>
    [Fact]
    public void Curves_AreMeasured_UnlessNobodyWantsThem()
    {
        string page = RealProgram.Run("report", RealProgram.Platform("expander-x16"), "-o", "-").Output;
        string without = RealProgram.Run("report", RealProgram.Platform("expander-x16"), "-o", "-", "--no-curves").Output;

        int curves = page.IndexOf("\"curves\":[", StringComparison.Ordinal);
        page[curves..].Should().Contain("node0 to node2, all reads").And.Contain("node0 to node2, 1:1 reads-writes");
        without[..curves].Should().Be(page[..curves]);
        without[curves..].Should().StartWith("\"curves\":[]}");
    }

    /// <summary>The page of a machine that is not as expected is the one that somebody needs.</summary>
    [Fact]
    public void FailedStep_IsSaid_AndStandsInThePage()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", Failing);
        ProgramResult result = RealProgram.Run("report", file, "-o", folder["p.html"]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith($"{file}:4:9: 'create-region decoder0.0 ram 100 MiB' ended with EINVAL; expected Ok\n").And.Contain("size: 256MiB");
        File.ReadAllText(folder["p.html"]).Should().Contain("size: 256MiB");
    }

    [Fact]
    public void FileThatCannotBeWritten_IsRefused_AndLeavesNothing()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder["taken"]);
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);

        ProgramResult result = RealProgram.Run("report", file, "-o", folder["taken"]);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("cxlsim: the report cannot be written: ").And.NotContain("   at ");
        Directory.GetFileSystemEntries(folder["."]).Select(Path.GetFileName).Should().BeEquivalentTo("taken", "p.yaml");

        RealProgram.Run("report", file, "-o", folder["nowhere/p.html"]).ExitCode.Should().Be(2);
        RealProgram.Run("report", file, "-o", "/dev/full").ExitCode.Should().Be(2);
    }

    /// <summary>The page is put into its place when it is whole.</summary>
    [Fact]
    public void PageThatWasThere_StaysWhereTheNewOneCannotBeWritten()
    {
        using ScratchFolder folder = new();
        string page = folder.Write("p.html", "old");
        Directory.CreateDirectory(page + ".part");

        RealProgram.Run("report", folder.Write("p.yaml", ScratchFolder.OneCard), "-o", page).ExitCode.Should().Be(2);
        File.ReadAllText(page).Should().Be("old");
    }

    [Fact]
    public void PlatformFile_IsNotWrittenOver()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);

        RealProgram.Run("report", file, "-o", file).ExitCode.Should().Be(2);
        File.ReadAllText(file).Should().Be(ScratchFolder.OneCard);
    }

    [Fact]
    public void BadFile_IsRefused_AndNothingIsWritten()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("report", "there-is-no-such-file.yaml", "-o", folder["p.html"]).ExitCode.Should().Be(2);
        File.Exists(folder["p.html"]).Should().BeFalse();
    }
}
