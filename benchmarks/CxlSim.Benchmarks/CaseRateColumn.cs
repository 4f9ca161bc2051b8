using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CxlSim.Benchmarks;

/// <summary>How many cases one core runs in a second, in the best iteration: what else a machine does makes iterations slower, never faster.</summary>
public sealed class CaseRateColumn : IColumn
{
    public string Id => nameof(CaseRateColumn);

    public string ColumnName => "cases/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 1;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Cases in a second on one core, in the shortest iteration";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => summary[benchmarkCase]?.ResultStatistics is { Min: > 0 } statistics
        ? (1e9 / statistics.Min).ToString("N0", CultureInfo.InvariantCulture)
        : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
