using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Numbers for places of the tree. A place that changes its kind, size or target gets a new number, so that the kernel may keep what it knows of a number for ever.</summary>
internal sealed class NodeTable
{
    public const ulong RootId = 1;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Node> _byId = [];
    private readonly Dictionary<(ulong Parent, string Name), Node> _byName = [];
    private readonly Node _root = new(RootId, null, [], TreeEntry.Directory) { Lookups = 1 };
    private ulong _lastId = RootId;

    public NodeTable() => _byId.Add(RootId, _root);

    /// <summary>Numbers that the kernel may still use.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byId.Count;
            }
        }
    }

    public Node? Find(ulong id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The node of what stands at a name now; counts as told to the kernel.</summary>
    public Node Enter(Node parent, string name, TreeEntry entry)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue((parent.Id, name), out Node? node) || node.Entry != entry)
            {
                node = new Node(++_lastId, parent, [.. parent.Steps, name], entry);
                _byId.Add(node.Id, node);
                _byName[(parent.Id, name)] = node;
            }

            node.Lookups++;
            return node;
        }
    }

    public void Forget(ulong id, ulong lookups)
    {
        lock (_lock)
        {
            if (id == RootId || !_byId.TryGetValue(id, out Node? node))
            {
                return;
            }

            node.Lookups -= Math.Min(lookups, node.Lookups);
            if (node.Lookups == 0)
            {
                _byId.Remove(id);
                RemoveName(node);
            }
        }
    }

    /// <summary>Takes out what is no longer so; each is told once.</summary>
    public StaleKnowledge TakeStale(IFileTree tree)
    {
        lock (_lock)
        {
            List<Node> moved = [.. _byName.Values.Where(node => tree.Find(node.Steps) != node.Entry).OrderByDescending(node => node.Steps.Length)];
            moved.ForEach(RemoveName);
            List<Node> relisted = [.. _byId.Values.Where(node => node.Listed is { } listed && !(tree.List(node.Steps) ?? []).SequenceEqual(listed))];
            relisted.ForEach(node => node.ForgetNames());
            return new StaleKnowledge([.. moved.Select(node => (node.Parent!.Id, node.Name))], [.. relisted.Select(node => node.Id)]);
        }
    }

    /// <summary>Memory that somebody has open.</summary>
    public IReadOnlyList<Node> OpenMemory()
    {
        lock (_lock)
        {
            return [.. _byId.Values.Where(node => node.OpenMemory > 0)];
        }
    }

    private void RemoveName(Node node)
    {
        if (_byName.TryGetValue((node.Parent!.Id, node.Name), out Node? current) && current == node)
        {
            _byName.Remove((node.Parent.Id, node.Name));
        }
    }
}
