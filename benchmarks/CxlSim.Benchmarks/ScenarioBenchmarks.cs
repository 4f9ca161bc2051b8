using BenchmarkDotNet.Attributes;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Benchmarks;

/// <summary>Cases of scenarios on one core, start-up of the process apart: all platforms of the repository one after the other, so that each iteration has the same to do.</summary>
[Config(typeof(CaseRateConfig))]
public class ScenarioBenchmarks
{
    private const int Platforms = 17;

    private ScenarioCase[] _cases = [];
    private string[] _texts = [];

    [GlobalSetup]
    public void Setup()
    {
        string folder = Path.Combine(Repository.Find(), "platforms");
        _texts = [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => $"platform: {file}\n")];
        if (_texts.Length != Platforms)
        {
            throw new InvalidOperationException($"{folder} has {_texts.Length} platforms, and a time is divided by {Platforms}");
        }

        _cases = [.. _texts.Select(text => ScenarioReader.ReadText(text, "boot.yaml").Cases[0])];
    }

    /// <summary>A boot to its end, from a case that is read already.</summary>
    [Benchmark(OperationsPerInvoke = Platforms)]
    public long Boot() => _cases.Sum(boot => new ScenarioRun(boot).Execute().Events);

    /// <summary>The same from the text of the scenario and of its platform file.</summary>
    [Benchmark(OperationsPerInvoke = Platforms)]
    public long ReadAndBoot() => _texts.Sum(text => new ScenarioRun(ScenarioReader.ReadText(text, "boot.yaml").Cases[0]).Execute().Events);
}
