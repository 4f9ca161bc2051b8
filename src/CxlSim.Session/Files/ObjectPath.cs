using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Finds what users name in sysfs: a path below /sys, or one that begins with an object's name, such as <c>mem0/ram/size</c>.</summary>
public static class ObjectPath
{
    private const string Root = "/sys";

    /// <summary>Null where there is nothing.</summary>
    public static SysfsNode? Find(Sysfs sysfs, string path)
    {
        if (path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal))
        {
            return sysfs.Find(path);
        }

        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return steps.Length > 0 && Named(sysfs, steps[0]) is { } owner ? steps[1..].Aggregate((SysfsNode?)owner, (at, step) => at?.Child(step)) : null;
    }

    /// <summary>An object by its name: what stands on a bus is looked for first.</summary>
    public static SysfsNode? Named(Sysfs sysfs, string name)
    {
        KObject? found = sysfs.Buses.Children.Values
            .OrderBy(bus => bus.Name == "acpi") // a device of the namespace stands for the one that drivers see
            .Select(bus => bus.Children.GetValueOrDefault("devices")?.Links.GetValueOrDefault(name))
            .FirstOrDefault(device => device is not null) ?? Below(sysfs.Root, name);
        return found is null ? null : new SysfsNode(found, null, null);
    }

    private static KObject? Below(KObject top, string name)
    {
        Queue<KObject> queue = new([top]);
        while (queue.TryDequeue(out KObject? next))
        {
            if (next.Name == name)
            {
                return next;
            }

            foreach (KObject child in next.Children.Values)
            {
                queue.Enqueue(child);
            }
        }

        return null;
    }
}
