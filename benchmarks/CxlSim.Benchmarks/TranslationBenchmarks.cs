using BenchmarkDotNet.Attributes;
using CxlSim.Core;
using CxlSim.Hdm;

namespace CxlSim.Benchmarks;

/// <summary>What translating an address costs, by geometry, beside copying its eight bytes. All of it lies in the first-level cache.</summary>
[MemoryDiagnoser]
[Config(typeof(AddressRateConfig))]
public class TranslationBenchmarks
{
    private const int Count = 1024;
    private readonly Hpa[] _copies = new Hpa[Count];
    private readonly Dpa[] _dpas = new Dpa[Count];
    private readonly ushort[] _targets = new ushort[Count];
    private Hpa[] _addresses = [];
    private RouteTable _routes = null!;

    [ParamsSource(nameof(Geometries))]
    public string Geometry { get; set; } = "1 way";

    public static IEnumerable<string> Geometries => Benchmarks.Geometry.All.Select(geometry => geometry.Name);

    [GlobalSetup]
    public void Setup()
    {
        Geometry geometry = Benchmarks.Geometry.Of(Geometry);
        _routes = geometry.Compile();
        _addresses = geometry.RandomAddresses(Count);
        _routes.Translate(_addresses, _dpas, _targets);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Copy() => _addresses.AsSpan().CopyTo(_copies);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Batch() => _routes.Translate(_addresses, _dpas, _targets);

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong Single()
    {
        ulong sum = 0;
        foreach (Hpa address in _addresses)
        {
            sum ^= _routes.Translate(address).Address.Value;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchReverse() => _routes.Reverse(_targets, _dpas, _copies);

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong SingleReverse()
    {
        ulong sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum ^= _routes.Reverse(_targets[i], _dpas[i])!.Value.Value;
        }

        return sum;
    }
}
