using BenchmarkDotNet.Attributes;
using CxlSim.Hardware;

namespace CxlSim.Benchmarks;

/// <summary>What it costs to touch some pages, each somewhere in 4 TiB: the column of allocated bytes is the point.</summary>
[MemoryDiagnoser]
public class SparseMemoryBenchmarks
{
    private const ulong Capacity = 4UL << 40;
    private const int PageSize = 4096;

    /// <summary>Mebibytes that are touched, a page at a time.</summary>
    [Params(1, 64, 1024)]
    public int MiB { get; set; }

    [Benchmark]
    public long Touch()
    {
        SparseMemory memory = new();
        ulong pages = (ulong)MiB * 1024 * 1024 / PageSize;
        for (ulong page = 0; page < pages; page++)
        {
            memory.Write(Capacity / pages * page, [1]);
        }

        return memory.Touched;
    }
}
