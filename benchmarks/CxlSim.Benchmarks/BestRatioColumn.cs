using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CxlSim.Benchmarks;

/// <summary>The best iteration beside that of the baseline with the same parameters: what else a machine does makes iterations slower, never faster.</summary>
public sealed class BestRatioColumn : IColumn
{
    public string Id => nameof(BestRatioColumn);

    public string ColumnName => "Best to best";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 2;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Shortest iteration, divided by that of the baseline";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        BenchmarkCase? baseline = summary.BenchmarksCases.FirstOrDefault(other => other.Descriptor.Baseline && other.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo);
        return baseline is not null && summary[baseline]?.ResultStatistics is { Min: > 0 } copy && summary[benchmarkCase]?.ResultStatistics is { } own
            ? (own.Min / copy.Min).ToString("F2", CultureInfo.InvariantCulture)
            : "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
