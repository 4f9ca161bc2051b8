using Xunit.Abstractions;

namespace CxlSim.Conformance.Tests;

/// <summary>The machine of the recording 01-single-volatile boots here, does the same, and is compared with what the real one showed.</summary>
public sealed class SingleVolatileTests(ITestOutputHelper output)
{
    /// <summary>What must agree to the last fact.</summary>
    private static readonly string[] Complete =
    [
        "cxl-attrs.txt", "cxl-devices.txt", "cxl-drivers.txt", "cxl-list-BDPMTRiu.json", "cxl-list-RXu.json", "cxl-list-vvv.json", "cxl-list.json",
        "dax-attrs.txt", "dax-drivers.txt", "daxctl-list-RDi.json", "daxctl-list-Ru.json", "iomem.txt", "lsmem.txt", "memory-blocks.txt", "memory-tiers.txt",
        "module-params.txt", "nodes.txt", "numactl-H.txt", "zoneinfo.txt",
    ];

    [Fact]
    public void Boot_ShowsWhatTheRealKernelShowed() => Check(SingleVolatile.Boot());

    [Fact]
    public void CreatedRegion_ShowsWhatTheRealKernelShowed() => Check(SingleVolatile.Created());

    /// <summary>Set CXLSIM_UPDATE_DOCS=1 to write the page instead of comparing it.</summary>
    [Fact]
    public void ConformancePage_SaysWhatTheComparisonSays()
    {
        string page = ConformancePage.Render(SingleVolatile.Boot(), SingleVolatile.Created());
        string path = Path.Combine(RepositoryRoot.Find(), "docs", "CONFORMANCE.md");
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).Should().Be(page);
    }

    private void Check(ConformanceReport report)
    {
        output.WriteLine(report.ToText(differencesPerFile: 20));
        foreach (FactComparison file in report.Files.Where(file => Complete.Contains(file.File)))
        {
            file.Tally.AllAgree.Should().BeTrue("{0} has to agree in all its facts", file.File);
        }

        report.Unrecorded.Should().BeEmpty("the recording shows no such file");
    }
}
