using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using CxlSim.Benchmarks;

if (args is ["hold", string pending, string events])
{
    HoldModel.Print(int.Parse(pending, CultureInfo.InvariantCulture), long.Parse(events, CultureInfo.InvariantCulture));
    return;
}

if (args is ["traffic", string waiting, string outstanding, string reads])
{
    TrafficRate.Print(int.Parse(waiting, CultureInfo.InvariantCulture), int.Parse(outstanding, CultureInfo.InvariantCulture), double.Parse(reads, CultureInfo.InvariantCulture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(HoldModelBenchmarks).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10))); // two cores and all analyzers take more than its two minutes
