using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace CxlSim.Benchmarks;

/// <summary>Columns with the shortest iteration and its cases per second.</summary>
public sealed class CaseRateConfig : ManualConfig
{
    public CaseRateConfig() => AddColumn(StatisticColumn.Min, new CaseRateColumn());
}
