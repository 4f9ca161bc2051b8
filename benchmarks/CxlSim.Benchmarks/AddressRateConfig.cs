using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace CxlSim.Benchmarks;

/// <summary>The table of a benchmark whose operation is one address.</summary>
public sealed class AddressRateConfig : ManualConfig
{
    public AddressRateConfig() => AddColumn(StatisticColumn.Min, new AddressRateColumn(), new BestRatioColumn());
}
