using BenchmarkDotNet.Running;
using CxlSim.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(HoldModelBenchmarks).Assembly).Run(args);
