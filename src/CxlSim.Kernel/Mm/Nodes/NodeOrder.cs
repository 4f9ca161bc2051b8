namespace CxlSim.Kernel;

/// <summary>Which node is the best after another: distance counts, a node of lower number and one with CPUs a little less (<c>find_next_best_node</c> in <c>mm/page_alloc.c</c>).</summary>
public sealed class NodeOrder(Numa numa)
{
    /// <summary>How often a node was first at its distance; evens out who stands in for whom.</summary>
    private readonly Dictionary<int, int> _load = [];

    private readonly Dictionary<int, IReadOnlyList<int>> _lists = [];

    /// <summary>Makes the lists of all nodes that there can be anew, and forgets who stood in for whom (<c>__build_all_zonelists</c>).</summary>
    public void Build() => Build(numa.PossibleNodes);

    /// <summary>The same for some of them.</summary>
    public void Build(IEnumerable<NumaNode> nodes)
    {
        _load.Clear();
        foreach (NumaNode node in nodes)
        {
            _lists[node.Id] = Fallback(node.Id);
        }
    }

    /// <summary>The nodes that serve a request for one, as they were when the lists were made.</summary>
    public IReadOnlyList<int> ListOf(int node)
    {
        if (_lists.Count == 0)
        {
            Build();
        }

        if (!_lists.TryGetValue(node, out IReadOnlyList<int>? list))
        {
            list = Fallback(node); // a node that there cannot be: a task may say that its CPU is there
            _lists.Add(node, list);
        }

        return list;
    }

    /// <summary>Nodes with memory in the order in which a node falls back to them.</summary>
    private List<int> Fallback(int node)
    {
        List<int> left = [.. numa.OnlineNodes.Where(other => other.HasMemory).Select(other => other.Id)];
        List<int> order = [];
        int previous = node;
        if (left.Remove(node))
        {
            order.Add(node);
        }

        while (left.Count > 0)
        {
            int best = Best(node, left);
            if (numa.Distance(node, best) != numa.Distance(node, previous))
            {
                _load[best] = _load.GetValueOrDefault(best) + 1;
            }

            left.Remove(best);
            order.Add(best);
            previous = best;
        }

        return order;
    }

    /// <summary>The best node of some, and those that are as far as it.</summary>
    public IReadOnlyList<int> Nearest(int node, IEnumerable<int> candidates)
    {
        List<int> left = [.. candidates];
        List<int> nearest = [];
        while (left.Count > 0 && Best(node, left) is var best && (nearest.Count == 0 || numa.Distance(node, best) == numa.Distance(node, nearest[0])))
        {
            nearest.Add(best);
            left.Remove(best);
        }

        return nearest;
    }

    private int Best(int node, IEnumerable<int> candidates) => candidates.Order().MinBy(other =>
    {
        int value = numa.Distance(node, other) + (other < node ? 1 : 0) + (numa.Node(other).HasCpu ? 1 : 0);
        return ((long)value * KernelConfig.MaxNodes) + _load.GetValueOrDefault(other);
    });
}
