using BenchmarkDotNet.Configs;

namespace CxlSim.Benchmarks;

/// <summary>A column with cases per second.</summary>
public sealed class CaseRateConfig : ManualConfig
{
    public CaseRateConfig() => AddColumn(new CaseRateColumn());
}
