using BenchmarkDotNet.Attributes;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Benchmarks;

/// <summary>What an access through the committed decoders of an eight-way region costs: eight bytes at random, and blocks beside plain copies of the same bytes.</summary>
[MemoryDiagnoser]
public class MemoryPathBenchmarks
{
    private const int Accesses = 1024;

    /// <summary>Of blocks and of what is accessed at random, so that pages of all devices take part.</summary>
    private const int Block = 1 << 20;
    private readonly byte[] _source = new byte[Block];
    private readonly byte[] _destination = new byte[Block];
    private readonly byte[] _word = new byte[sizeof(ulong)];
    private readonly Hpa[] _addresses = new Hpa[Accesses];
    private SimulatedMachine _machine = null!;

    [Params(256, 4096)]
    public int Granularity { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _machine = EightWays.Boot(Granularity);
        Random random = new(42);
        random.NextBytes(_source);
        _machine.Store(EightWays.Region, _source);
        for (int i = 0; i < Accesses; i++)
        {
            _addresses[i] = EightWays.Region + new ByteSize((ulong)random.Next(Block / sizeof(ulong)) * sizeof(ulong));
        }
    }

    [Benchmark(OperationsPerInvoke = Accesses)]
    public void LoadWord()
    {
        foreach (Hpa address in _addresses)
        {
            _machine.Load(address, _word);
        }
    }

    [Benchmark(OperationsPerInvoke = Accesses)]
    public void StoreWord()
    {
        foreach (Hpa address in _addresses)
        {
            _machine.Store(address, _word);
        }
    }

    [Benchmark(Baseline = true)]
    public void PlainCopyOfMiB() => _source.AsSpan().CopyTo(_destination);

    [Benchmark]
    public void LoadMiB() => _machine.Load(EightWays.Region, _destination);

    [Benchmark]
    public void StoreMiB() => _machine.Store(EightWays.Region, _source);

    [Benchmark]
    public void CopyMiB() => _machine.Copy(EightWays.Region, EightWays.Region + new ByteSize(Block), new ByteSize(Block));
}
