using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Why calls were refused, in the order in which they were: said by the line that refuses.</summary>
public sealed class KernelRefusals(Simulation simulation)
{
    /// <summary>A script may try for hours: the newest are kept.</summary>
    private const int Most = 1000;

    private readonly List<Refusal> _all = [];

    public IReadOnlyList<Refusal> All => _all;

    /// <summary>How many there were so far, those that are kept no more included.</summary>
    public long Count { get; private set; }

    /// <summary>Those after a mark that <see cref="Count"/> was.</summary>
    public IEnumerable<Refusal> Since(long mark) => _all.Where(refusal => refusal.Number > mark);

    /// <summary>Keeps a reason, and gives its error back to be returned.</summary>
    internal Errno Report(KernelRule rule, Errno error, string subject, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values)
    {
        Add(new Refusal(rule, error, subject, reason, values.ToArray(), nearest));
        return error;
    }

    /// <summary>Whether the running thread has said after a mark why an error came.</summary>
    internal bool IsExplained(long mark, Errno error) => IndexOf(mark, error) >= 0;

    /// <summary>What the running thread said last of an error, after a mark, was the answer to a write.</summary>
    internal void Attribute(long mark, Errno error, AttributeWrite write)
    {
        int index = IndexOf(mark, error);
        _all[index] = _all[index] with { Write = write };
    }

    private int IndexOf(long mark, Errno error) => _all.FindLastIndex(said => said.Number > mark && said.Error == error && said.Thread == simulation.CurrentThread && said.Write is null);

    private void Add(Refusal refusal)
    {
        if (_all.Count == Most)
        {
            _all.RemoveAt(0);
        }

        SimThread? thread = simulation.CurrentThread;
        _all.Add(refusal with { Number = ++Count, Time = simulation.Now, Thread = thread, Frames = [.. thread?.Frames ?? []] });
    }
}
