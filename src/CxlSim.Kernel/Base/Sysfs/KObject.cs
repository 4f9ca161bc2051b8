using System.Diagnostics;
using System.Text;

namespace CxlSim.Kernel;

/// <summary>A directory of sysfs and what stands behind it (<c>lib/kobject.c</c>).</summary>
[DebuggerDisplay("{Name,nq}")]
public class KObject(string name)
{
    private readonly Dictionary<string, KObject> _children = [];
    private readonly Dictionary<string, KObject> _links = [];

    public string Name => name;

    public KObject? Parent { get; private set; }

    public IReadOnlyDictionary<string, KObject> Children => _children;

    /// <summary>Symbolic links in this directory.</summary>
    public IReadOnlyDictionary<string, KObject> Links => _links;

    /// <summary>The files of this directory and of the attribute directories below it.</summary>
    public virtual IReadOnlyList<AttributeGroup> Groups => [];

    /// <summary>From the root of sysfs: <c>/devices/platform/ACPI0017:00</c>.</summary>
    public string Path
    {
        get
        {
            if (Parent is null)
            {
                return string.Empty;
            }

            StringBuilder path = new();
            for (KObject? step = this; step?.Parent is not null; step = step.Parent)
            {
                path.Insert(0, step.Name).Insert(0, '/');
            }

            return path.ToString();
        }
    }

    /// <summary>Hangs a plain directory below this one, or finds it.</summary>
    public KObject Directory(string childName)
    {
        if (!_children.TryGetValue(childName, out KObject? child))
        {
            child = new KObject(childName);
            Attach(child);
        }

        return child;
    }

    public void Attach(KObject child)
    {
        _children.Add(child.Name, child);
        child.Parent = this;
    }

    public void Detach(KObject child)
    {
        _children.Remove(child.Name);
        child.Parent = null;
    }

    public void Link(string linkName, KObject target) => _links[linkName] = target;

    public void Unlink(string linkName) => _links.Remove(linkName);

    /// <summary>Why a file is not there that would be in another state of the object, and how it comes; null for one that never is.</summary>
    internal virtual (string Reason, NearestChange Nearest)? ExplainMissing(string name) => null;
}
