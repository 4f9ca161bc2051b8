using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The tree that user space sees below /sys: looking up, reading, writing.</summary>
public sealed class Sysfs
{
    private readonly Simulation _simulation;
    private readonly Dictionary<(KObject Owner, string Attribute), long> _changes = [];
    private readonly KernelRefusals _refusals;

    /// <param name="simulation">The machine's.</param>
    /// <param name="refusals">Takes why writes fail.</param>
    /// <param name="platform">What platform devices hang below (<c>drivers/base/platform.c</c>, platform_bus).</param>
    public Sysfs(Simulation simulation, KernelRefusals refusals, KObject platform)
    {
        _simulation = simulation;
        _refusals = refusals;
        Buses = Root.Directory("bus");
        Devices = Root.Directory("devices");
        Platform = platform;
        Devices.Attach(Platform);
        System = Devices.Directory("system");
        Virtual = Devices.Directory("virtual");
        Modules = Root.Directory("module");
        Root.Attach(Kernel);
    }

    public KObject Root { get; } = new(string.Empty);

    public KObject Buses { get; }

    public KObject Devices { get; }

    /// <summary>/sys/devices/platform.</summary>
    public KObject Platform { get; }

    /// <summary>/sys/devices/system.</summary>
    public KObject System { get; }

    /// <summary>/sys/devices/virtual.</summary>
    public KObject Virtual { get; }

    public KObject Modules { get; }

    public KernelDirectory Kernel { get; } = new();

    /// <summary>Follows a path, with or without <c>/sys</c> before it, through links.</summary>
    public SysfsNode? Find(string path)
    {
        string rest = path == "/sys" || path.StartsWith("/sys/", StringComparison.Ordinal) ? path[4..] : path;
        return Find(rest.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Follows the steps of a path below <c>/sys</c>.</summary>
    public SysfsNode? Find(ReadOnlySpan<string> steps)
    {
        SysfsNode node = new(Root, null, null);
        foreach (string step in steps)
        {
            if (step == ".." && node.Directory is null)
            {
                node = new SysfsNode(node.Owner.Parent ?? Root, null, null);
                continue;
            }

            if (node.Attribute is not null || node.Child(step) is not { } next)
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    /// <summary>Whether an object still hangs in the tree.</summary>
    public bool Holds(KObject item)
    {
        KObject top = item;
        while (top.Parent is { } above)
        {
            top = above;
        }

        return top == Root;
    }

    /// <summary>Whoever polls an attribute learns that it changed (<c>sysfs_notify</c>).</summary>
    public void Notify(KObject owner, string attribute) => _changes[(owner, attribute)] = ChangesOf(owner, attribute) + 1;

    /// <summary>How often an attribute's change was told of.</summary>
    public long ChangesOf(KObject owner, string attribute) => _changes.GetValueOrDefault((owner, attribute));

    public AttributeValue Read(string path)
    {
        if (Find(path) is not { } node)
        {
            return Errno.ENOENT;
        }

        if (node.Attribute is not { } attribute)
        {
            return Errno.EISDIR;
        }

        return attribute.CanRead ? attribute.Show(node.Owner) : Errno.EACCES;
    }

    /// <summary>Why a file could not be read. Programs look for files that are not there all the time: this is kept nowhere.</summary>
    public Refusal ExplainRead(string path, Errno error)
    {
        KernelRefusals said = new(_simulation);
        AttributeRefusals.Explain(said, 0, Find(path), Find(path[..(path.LastIndexOf('/') + 1)]), error, new AttributeWrite(path, string.Empty));
        return said.All[0] with { Write = null };
    }

    /// <summary>One write(2): opens, writes, closes.</summary>
    public async SimTask<Errno> WriteAsync(string path, string value)
    {
        long mark = _refusals.Count;
        SysfsNode? node = Find(path);
        Errno error = node switch
        {
            null => Errno.ENOENT,
            { Attribute: null } => Errno.EISDIR,
            { Attribute.CanWrite: false } => Errno.EACCES, // also for root: the file's mode says so at open
            { Attribute: { } attribute } found => await attribute.StoreAsync(found.Owner, value),
        };
        if (error != Errno.Ok)
        {
            AttributeRefusals.Explain(_refusals, mark, node, node is null ? Find(path[..(path.LastIndexOf('/') + 1)]) : null, error, new AttributeWrite(path, Kstrto.Trim(value)));
        }

        _simulation.Trace(new AttributeWritten(path, Kstrto.Trim(value), error.ToString()));
        return error;
    }
}
