using System.Diagnostics;

namespace CxlSim.Cli.Tests;

/// <summary>The debug adapter in the hands of the public test client of the protocol. Each scenario is a file of <c>Dap/client/scenarios</c>, whose first line says what it is about.</summary>
public sealed class DapClientTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("first-minutes")]
    [InlineData("script-steps")]
    [InlineData("memory")]
    [InlineData("refusals")]
    [InlineData("restart")]
    [InlineData("wrong-requests")]
    public void Client_IsServedAsItExpects(string scenario)
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard + """
            steps:
              - create-region: {decoder: decoder0.0}
              - store: {hpa: 0x1000000100, value: 0x11223344}
              - write: {path: /sys/bus/cxl/devices/region0/size, value: 7}
                expect: EBUSY
            """);

        Run("run.js", RealProgram.Executable, scenario, card).Should().EndWith("ok\n");
    }

    [Fact]
    public void Extension_StartsTheAdapter_WithWhatItOffers()
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard);

        Run("extension.js", RepositoryRoot.File("src/vscode"), RealProgram.Executable, card).Should().EndWith("ok\n");
    }

    private static string Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(RepositoryRoot.File("tests/scripts/dap-client"), arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
