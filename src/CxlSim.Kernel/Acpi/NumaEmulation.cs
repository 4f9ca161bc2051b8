using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary><c>numa=fake=</c>: boot RAM in nodes of the user's making, by number, by size, or so many of each real one (<c>mm/numa_emulation.c</c>).</summary>
/// <remarks>As Linux 6.12 has it: what has no boot RAM, such as a CXL window, keeps the number of its real node, and nothing says that this one is possible.</remarks>
public sealed class NumaEmulation
{
    private const string Option = "fake=";
    private readonly KernelLog _log;
    private readonly E820Table _e820;
    private readonly Numa _numa;
    private readonly NumberCursor _text;
    private readonly bool _isOff;
    private readonly bool _isBySize;
    private readonly bool _isUniform;

    public NumaEmulation(KernelCore core, E820Table e820, Numa numa)
    {
        _log = core.Log;
        _e820 = e820;
        _numa = numa;
        string? value = core.CommandLine.Parameters.LastOrDefault(word => word.Name == "numa" && word.Value?.StartsWith(Option, StringComparison.Ordinal) == true).Value;
        string text = value?[Option.Length..] ?? string.Empty;
        _text = new NumberCursor(text);
        _isOff = value is null || !core.Config.IsEnabled("NUMA_EMU");
        _isUniform = text.Contains('U', StringComparison.Ordinal);
        _isBySize = text.Contains('M', StringComparison.Ordinal) || text.Contains('G', StringComparison.Ordinal);
    }

    /// <summary>The real node behind each emulated one; empty where nothing is emulated.</summary>
    public SortedDictionary<int, int> RealNodes { get; private set; } = [];

    /// <summary>Emulated nodes take the place of those of <paramref name="tables"/>; where it does not work out, nothing changes.</summary>
    /// <param name="tables">What the tables have said of nodes; cleaned up.</param>
    /// <param name="ram">Boot RAM.</param>
    public void Run(NumaTables tables, IReadOnlyList<AddressRange> ram)
    {
        RealNodes = [];
        if (_isOff)
        {
            return;
        }

        NumaSplit split = new(_log, [.. _numa.Memblks.Memory], tables.Parsed, ram);
        bool isSplit = Split(split, _e820.MaxAddress.Value, tables.Parsed);
        _text.Take(':');
        if (!isSplit || split.RealNodes.Count == 0)
        {
            return; // nothing to split
        }

        RealNodes = split.RealNodes;
        int[,] distances = Distances(_numa);
        NumaMemblk[] reserved = [.. _numa.Memblks.Reserved];
        AddressRange[] hotPluggable = [.. _numa.HotPluggable];
        _numa.Reset();
        _numa.HotPluggable.AddRange(hotPluggable);
        Array.ForEach(reserved, block => _numa.Memblks.TryAddReserved(block.Node, block.Range.Start.Value, block.Range.Size.Bytes));
        split.Emulated.ForEach(block => _numa.Memblks.TryAdd(block.Node, block.Range.Start.Value, block.Range.Size.Bytes));
        _numa.Memblks.TryCleanUp(ram);
        tables.Parsed.Clear();
        tables.Parsed.UnionWith(_numa.Memblks.Memory.Select(block => block.Node));
        foreach ((uint apicId, int real) in tables.NodeOfApicId.ToArray())
        {
            tables.NodeOfApicId[apicId] = RealNodes.Where(pair => pair.Value == real).Select(pair => pair.Key).FirstOrDefault();
        }

        for (int from = 0; from < distances.GetLength(0); from++)
        {
            for (int to = 0; to < distances.GetLength(1); to++)
            {
                _numa.SetDistance(from, to, distances[from, to], tables.Parsed.Max);
            }
        }
    }

    /// <summary>A CPU is in the masks of all nodes that were made of its real one (<c>numa_add_cpu</c>).</summary>
    public void ShareCpus()
    {
        foreach (Cpu cpu in _numa.Cpus.All)
        {
            if (cpu.Node is { } node && RealNodes.TryGetValue(node.Id, out int real))
            {
                foreach (int other in RealNodes.Where(pair => pair.Value == real && pair.Key != node.Id).Select(pair => pair.Key))
                {
                    _numa.Node(other).ShareCpu(cpu);
                }
            }
        }
    }

    /// <summary>A number with a U is meant for each real node, one with M or G is a size, any other is meant for the whole machine.</summary>
    private bool Split(NumaSplit split, ulong end, IEnumerable<int> real)
    {
        if (!_isUniform)
        {
            return _isBySize ? split.BySize(end, _text.Size()) : split.ByNumber(end, _text.Number());
        }

        ulong number = _text.Number();
        int made = 0;
        foreach (int node in real)
        {
            if (split.EachInto(number) is not { } next)
            {
                return false;
            }

            made = next;
            if ((ulong)made < number)
            {
                _log.Info($"NUMA: node {node} is enough for {made} of {number} emulated nodes only");
                return false;
            }
        }

        return made > 0;
    }

    /// <summary>Those of the real nodes behind them, or what the user says: numbers that a comma follows, row by row.</summary>
    private int[,] Distances(Numa numa)
    {
        int count = RealNodes.Keys.Max() + 1;
        int fallback = RealNodes.First().Value;
        int[,] distances = new int[count, count];
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                distances[from, to] = Said() ?? _numa.Distance(RealNodes.GetValueOrDefault(from, fallback), RealNodes.GetValueOrDefault(to, fallback));
            }
        }

        return distances;
    }

    private int? Said()
    {
        bool isNegative = _text.Current == '-' && _text.Take('-');
        bool isNumber = char.IsAsciiDigit(_text.Current);
        int value = unchecked((int)_text.Number());
        return isNumber && _text.Take(',') ? isNegative ? unchecked(-value) : value : null;
    }
}
