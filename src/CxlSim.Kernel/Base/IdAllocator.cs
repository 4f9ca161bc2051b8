namespace CxlSim.Kernel;

/// <summary>Hands out the lowest free number (<c>lib/idr.c</c>, struct ida).</summary>
public sealed class IdAllocator
{
    private readonly SortedSet<int> _free = [];
    private int _next;

    public int Allocate()
    {
        if (_free.Count == 0)
        {
            return _next++;
        }

        int id = _free.Min;
        _free.Remove(id);
        return id;
    }

    public void Free(int id) => _free.Add(id);
}
