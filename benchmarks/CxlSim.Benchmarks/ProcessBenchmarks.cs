using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace CxlSim.Benchmarks;

/// <summary><c>cxlsim run platforms/single-device.yaml</c> as a whole process: what a user waits for.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 15)]
public class ProcessBenchmarks
{
    private ProcessStartInfo _start = null!;

    /// <summary>As built, or published with ReadyToRun: <c>dotnet publish src/CxlSim.Cli -c Release -r linux-x64 --no-self-contained</c>.</summary>
    [Params("built", "published")]
    public string Program { get; set; } = "built";

    [GlobalSetup]
    public void Setup()
    {
        string root = Repository.Find();
        _start = Program == "published"
            ? new ProcessStartInfo(Path.Combine(root, "artifacts", "publish", "CxlSim.Cli", "release_linux-x64", "cxlsim"))
            : new ProcessStartInfo("dotnet") { ArgumentList = { Built(root) } };
        foreach (string argument in new[] { "run", Path.Combine(root, "platforms", "single-device.yaml"), "--log-level", "none" })
        {
            _start.ArgumentList.Add(argument);
        }

        _start.RedirectStandardOutput = true;
    }

    [Benchmark]
    public int Run()
    {
        using Process process = Process.Start(_start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"cxlsim ended with {process.ExitCode}");
    }

    /// <summary>The program beside which this one was built: Release when measured, Debug in the tests.</summary>
    private static string Built(string root) => new[] { "release", "debug" }
        .Select(configuration => Path.Combine(root, "artifacts", "bin", "CxlSim.Cli", configuration, "cxlsim.dll"))
        .First(File.Exists);
}
