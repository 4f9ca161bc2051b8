using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>Tests that ndctl has for its tools, on the mock platform (docs/NDCTL-TESTS.md).</summary>
public class NdctlTests(ITestOutputHelper output)
{
    /// <summary>The script could not get ndctl's sources or the tools.</summary>
    private const int NothingToRun = 2;

    [Theory]
    [InlineData("cxl-topology.sh")]
    [InlineData("cxl-region-sysfs.sh")]
    [InlineData("cxl-create-region.sh")]
    [InlineData("cxl-destroy-region.sh")]
    [InlineData("cxl-xor-region.sh")]
    [InlineData("cxl-qos-class.sh")]
    [InlineData("cxl-poison.sh")]
    [InlineData("cxl-labels.sh")]
    [InlineData("cxl-sanitize.sh")]
    [InlineData("cxl-events.sh")]
    [InlineData("daxctl-create.sh")]
    public void Test_Passes(string name)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ProgramResult result = RealProgram.Shell($"CXLSIM='{RealProgram.Executable}' {RepositoryRoot.File("tests/scripts/ndctl-tests")} {name}");
        if (result.ExitCode == NothingToRun)
        {
            output.WriteLine("NOT TESTED: " + result.Error);
            return;
        }

        result.Output.Should().StartWith($"{name}\tpass\t", "artifacts/ndctl-tests/{0} has its output", name.Replace(".sh", ".txt", StringComparison.Ordinal));
    }
}
