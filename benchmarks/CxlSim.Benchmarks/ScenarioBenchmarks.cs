using BenchmarkDotNet.Attributes;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Benchmarks;

/// <summary>Cases of scenarios on one core, start-up of the process apart: each of the platforms of the repository in turn.</summary>
[Config(typeof(CaseRateConfig))]
public class ScenarioBenchmarks
{
    private ScenarioCase[] _cases = [];
    private string[] _texts = [];
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        string folder = Path.Combine(Repository.Find(), "platforms");
        _texts = [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => $"platform: {file}\n")];
        _cases = [.. _texts.Select(text => ScenarioReader.ReadText(text, "boot.yaml").Cases[0])];
    }

    /// <summary>A boot to its end, from a case that is read already.</summary>
    [Benchmark]
    public long Boot() => new ScenarioRun(_cases[_next++ % _cases.Length]).Execute().Events;

    /// <summary>The same from the text of the scenario and of its platform file.</summary>
    [Benchmark]
    public long ReadAndBoot() => new ScenarioRun(ScenarioReader.ReadText(_texts[_next++ % _texts.Length], "boot.yaml").Cases[0]).Execute().Events;
}
