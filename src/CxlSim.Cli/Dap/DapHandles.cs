namespace CxlSim.Cli;

/// <summary>Numbers for lists of variables. They hold until the machine moves.</summary>
internal sealed class DapHandles
{
    private readonly List<Func<IReadOnlyList<DapVariable>>> _lists = [];

    /// <summary>From 1; 0 stands for no list.</summary>
    public int Add(Func<IReadOnlyList<DapVariable>>? list)
    {
        if (list is null)
        {
            return 0;
        }

        _lists.Add(list);
        return _lists.Count;
    }

    public IReadOnlyList<DapVariable> Get(long handle) =>
        handle >= 1 && handle <= _lists.Count ? _lists[(int)handle - 1]() : throw new DapRefusal($"found the reference {handle}; expected one of the machine as it stands now");

    public void Clear() => _lists.Clear();
}
