namespace CxlSim.Engine.Tests;

/// <summary>The event queue as its definition says it: a list, and LINQ's stable sort.</summary>
internal sealed class ModelQueue
{
    private readonly List<(long Time, EventPriority Priority, ulong Argument)> _entries = [];

    public int Count => _entries.Count;

    public void Enqueue(long time, EventPriority priority, ulong argument) => _entries.Add((time, priority, argument));

    public (long Time, EventPriority Priority, ulong Argument) Dequeue()
    {
        (long Time, EventPriority Priority, ulong Argument) first = Sorted().First();
        _entries.Remove(first);
        return first;
    }

    public IEnumerable<(long Time, EventPriority Priority, ulong Argument)> Sorted() => _entries.OrderBy(e => e.Time).ThenBy(e => e.Priority);
}
