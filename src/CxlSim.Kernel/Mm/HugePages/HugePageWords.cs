namespace CxlSim.Kernel;

/// <summary>
/// Reads <c>hugepagesz=SIZE</c>, <c>default_hugepagesz=SIZE</c> and <c>hugepages=COUNT</c> in the order of the command line: a count is for the size before it, and before every
/// size for the default one, whichever that will be (<c>mm/hugetlb.c</c>: hugepages_setup, hugepagesz_setup, default_hugepagesz_setup).
/// </summary>
internal sealed class HugePageWords
{
    private readonly KernelLog _log;
    private readonly IReadOnlyList<HugePagePool> _pools;
    private readonly HashSet<HugePagePool> _named = [];
    private readonly Dictionary<HugePagePool, string> _wanted = [];

    /// <summary>A count before every size.</summary>
    private string? _early;

    /// <summary>The pool that the next count is for; null before every size.</summary>
    private HugePagePool? _pool;

    /// <summary>The pool that the last count was for, and whether there was one.</summary>
    private (bool Is, HugePagePool? Pool) _last;

    /// <summary>The size before was not good for anything.</summary>
    private bool _isRefused;
    private bool _hasDefault;

    private HugePageWords(IReadOnlyList<HugePagePool> pools, HugePagePool usual, KernelLog log)
    {
        _pools = pools;
        _log = log;
        Default = usual;
    }

    /// <summary>The pool of the size that programs get where they do not name one.</summary>
    public HugePagePool Default { get; private set; }

    /// <summary>What stands behind <c>hugepages=</c> for each pool.</summary>
    public IReadOnlyDictionary<HugePagePool, string> Wanted => _wanted;

    /// <param name="commandLine">The kernel's.</param>
    /// <param name="pools">Sizes that there are.</param>
    /// <param name="usual">The default where nothing says another.</param>
    /// <param name="log">Takes what is wrong.</param>
    public static HugePageWords Read(string commandLine, IReadOnlyList<HugePagePool> pools, HugePagePool usual, KernelLog log)
    {
        HugePageWords words = new(pools, usual, log);
        foreach (string word in commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.Split('=', 2))
            {
                case ["hugepagesz", var size]:
                    words.TakeSize(size);
                    break;
                case ["default_hugepagesz", var size]:
                    words.TakeDefault(size);
                    break;
                case ["hugepages", { Length: > 0 } count]:
                    words.TakeCount(count);
                    break;
            }
        }

        words.TakeEarly();
        return words;
    }

    /// <summary>A count before every size overrules one that was given for the size which is the default by itself (<c>hugetlb_init</c>).</summary>
    private void TakeEarly()
    {
        if (_early is not { } early)
        {
            return;
        }

        if (_wanted.TryGetValue(Default, out string? other))
        {
            _log.Warning($"HugeTLB: Ignoring hugepages={other} associated with {(Default.Use == PageUse.Huge1G ? "1.00 GiB" : "2.00 MiB")} page size");
            _log.Warning($"HugeTLB: Using hugepages={early} for number of default huge pages");
        }

        _wanted[Default] = early;
    }

    private void TakeSize(string size)
    {
        _isRefused = true;
        if (PoolOf(size) is not { } pool)
        {
            _log.Error($"HugeTLB: unsupported hugepagesz={size}");
            return;
        }

        if (!_named.Add(pool) && !(_hasDefault && pool == Default && !_wanted.ContainsKey(pool)))
        {
            _log.Warning($"HugeTLB: hugepagesz={size} specified twice, ignoring");
            return;
        }

        _pool = pool;
        _isRefused = false;
    }

    private void TakeDefault(string size)
    {
        _isRefused = true;
        if (_hasDefault)
        {
            _log.Error($"HugeTLB: default_hugepagesz previously specified, ignoring {size}");
            return;
        }

        if (PoolOf(size) is not { } pool)
        {
            _log.Error($"HugeTLB: unsupported default_hugepagesz={size}");
            return;
        }

        _pool = _named.Add(pool) ? pool : _pool; // a size that was named before is not the one before the next count
        (_isRefused, _hasDefault, Default) = (false, true, pool);
        if (_early is { } early)
        {
            _wanted[pool] = early;
            _early = null;
        }
    }

    private void TakeCount(string count)
    {
        if (_isRefused)
        {
            _log.Warning($"HugeTLB: hugepages={count} does not follow a valid hugepagesz, ignoring");
            _isRefused = false;
        }
        else if (_last == (true, _pool))
        {
            _log.Warning($"HugeTLB: hugepages= specified twice without interleaving hugepagesz=, ignoring hugepages={count}");
        }
        else
        {
            _last = (true, _pool);
            if (_pool is null)
            {
                _early = count;
            }
            else
            {
                _wanted[_pool] = count;
            }
        }
    }

    private HugePagePool? PoolOf(string size)
    {
        ulong bytes = new NumberCursor(size).Size();
        return _pools.FirstOrDefault(pool => 4096UL << pool.Order == bytes);
    }
}
