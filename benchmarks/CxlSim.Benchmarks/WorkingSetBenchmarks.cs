using BenchmarkDotNet.Attributes;
using CxlSim.Core;
using CxlSim.Hdm;

namespace CxlSim.Benchmarks;

/// <summary>A batch of addresses that lie in the first-level cache, the second, or memory: when the addresses come slowly, translating them is free.</summary>
[Config(typeof(AddressRateConfig))]
public class WorkingSetBenchmarks
{
    /// <summary>Addresses of one invocation, whatever the working set: 4 Mi, 32 MiB.</summary>
    private const int Total = 1 << 22;
    private Hpa[] _addresses = [];
    private Hpa[] _copies = [];
    private Dpa[] _dpas = [];
    private ushort[] _targets = [];
    private RouteTable _routes = null!;

    [Params("8 ways", "3 ways", "XOR 16 ways")]
    public string Geometry { get; set; } = "8 ways";

    /// <summary>Kibibytes of addresses: beside them as much for the results, and a quarter for the targets.</summary>
    [Params(8, 256, 32768)]
    public int KiB { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int count = KiB * 1024 / sizeof(ulong);
        Geometry geometry = Benchmarks.Geometry.Of(Geometry);
        _routes = geometry.Compile();
        _addresses = geometry.RandomAddresses(count);
        _copies = new Hpa[count];
        _dpas = new Dpa[count];
        _targets = new ushort[count];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Total)]
    public void Copy()
    {
        for (int done = 0; done < Total; done += _addresses.Length)
        {
            _addresses.AsSpan().CopyTo(_copies);
        }
    }

    [Benchmark(OperationsPerInvoke = Total)]
    public void Batch()
    {
        for (int done = 0; done < Total; done += _addresses.Length)
        {
            _routes.Translate(_addresses, _dpas, _targets);
        }
    }
}
