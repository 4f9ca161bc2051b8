using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The tree behind /proc/iomem (<c>kernel/resource.c</c>).</summary>
/// <param name="last">The last address that a resource can have.</param>
public sealed class ResourceTree(Hpa last)
{
    /// <summary>Of a tree that no CPU bounds.</summary>
    public static readonly Hpa End = new(ulong.MaxValue - 1);

    public Resource Root { get; } = new("PCI mem", AddressRange.FromBounds(Hpa.Zero, last), ResourceFlags.None);

    /// <summary>Puts a resource directly below a parent. False, and nothing done, where it does not fit or something is there.</summary>
    public static bool TryRequest(Resource parent, Resource resource) => TryRequest(parent, resource, out _);

    /// <summary>Takes a range for a driver: goes down into what is not busy, fails at what is (<c>__request_region</c>).</summary>
    public Resource? RequestRegion(AddressRange range, string name, ResourceFlags flags = ResourceFlags.Busy) => RequestRegion(range, name, flags, out _);

    /// <summary>The same, and who has it where it fails: what is busy, or what holds only a part of the range.</summary>
    public Resource? RequestRegion(AddressRange range, string name, ResourceFlags flags, out Resource? inTheWay)
    {
        Resource parent = Root;
        Resource region = new(name, range, flags);
        while (!TryRequest(parent, region, out inTheWay))
        {
            if (inTheWay is null || inTheWay == parent || (inTheWay.Flags & ResourceFlags.Busy) != 0)
            {
                return null;
            }

            parent = inTheWay;
        }

        return region;
    }

    /// <summary>Puts a resource where it belongs by size: what is smaller or equal becomes its child, what is larger its parent (<c>insert_resource</c>).</summary>
    /// <returns>The resource in the way, or null.</returns>
    public Resource? Insert(Resource resource) => Insert(Root, resource);

    public static Resource? Insert(Resource parent, Resource resource)
    {
        while (!TryRequest(parent, resource, out Resource? conflict))
        {
            if (conflict is null || conflict == parent)
            {
                return conflict ?? parent;
            }

            bool larger = conflict.Range.Contains(resource.Range) && conflict.Range != resource.Range;
            if (!larger)
            {
                return Adopt(parent, resource);
            }

            parent = conflict;
        }

        return null;
    }

    /// <summary>As <see cref="Insert(Resource)"/>, but grows the resource over what it only partly overlaps (<c>insert_resource_expand_to_fit</c>).</summary>
    public void InsertExpandToFit(Resource resource)
    {
        while (Insert(resource) is { } conflict && conflict != Root)
        {
            Hpa start = conflict.Range.Start < resource.Range.Start ? conflict.Range.Start : resource.Range.Start;
            Hpa last = conflict.Range.Last > resource.Range.Last ? conflict.Range.Last : resource.Range.Last;
            resource.Range = AddressRange.FromBounds(start, last);
        }
    }

    /// <summary>Fills the gaps of a range with resources of one name (<c>reserve_region_with_split</c>).</summary>
    public void ReserveWithSplit(AddressRange range, string name)
    {
        Hpa next = range.Start;
        foreach (Resource taken in Root.Children.Where(child => child.Range.Overlaps(range)).ToArray())
        {
            if (taken.Range.Start > next)
            {
                TryRequest(Root, new Resource(name, AddressRange.FromBounds(next, new Hpa(taken.Range.Start.Value - 1)), ResourceFlags.Busy));
            }

            if (taken.Range.Last >= range.Last)
            {
                return;
            }

            next = new Hpa(taken.Range.Last.Value + 1);
        }

        TryRequest(Root, new Resource(name, AddressRange.FromBounds(next, range.Last), ResourceFlags.Busy));
    }

    /// <summary>Takes a resource out together with all below it (<c>release_resource</c>).</summary>
    public static void Release(Resource resource)
    {
        resource.Parent?.ChildList.Remove(resource);
        resource.Parent = null;
    }

    /// <summary>Takes a resource out and lets its children move up (<c>remove_resource</c>).</summary>
    public static void Remove(Resource resource)
    {
        if (resource.Parent is not { } parent)
        {
            return;
        }

        int index = parent.ChildList.IndexOf(resource);
        parent.ChildList.RemoveAt(index);
        parent.ChildList.InsertRange(index, resource.ChildList);
        foreach (Resource child in resource.ChildList)
        {
            child.Parent = parent;
        }

        resource.ChildList.Clear();
        resource.Parent = null;
    }

    /// <summary>The first resource of a kind that overlaps a range, anywhere in the tree.</summary>
    public Resource? FindOverlap(AddressRange range, ResourceFlags flags) => FindOverlap(Root, range, flags);

    /// <summary>Whether resources of a kind cover every byte of a range, at whatever depth they lie (<c>region_intersects</c>, REGION_INTERSECTS).</summary>
    public bool IsCoveredBy(AddressRange range, ResourceFlags flags)
    {
        ulong next = range.Start.Value;
        foreach (AddressRange piece in Overlapping(Root, range, flags).OrderBy(piece => piece.Start))
        {
            if (piece.Start.Value > next)
            {
                return false;
            }

            if (piece.Last >= range.Last)
            {
                return true;
            }

            next = Math.Max(next, piece.Last.Value + 1);
        }

        return false;
    }

    private static IEnumerable<AddressRange> Overlapping(Resource parent, AddressRange range, ResourceFlags flags) =>
        parent.Children.Where(child => child.Range.Overlaps(range)).SelectMany(child =>
            (child.Flags & flags) == flags ? [child.Range] : Overlapping(child, range, flags));

    private static Resource? FindOverlap(Resource parent, AddressRange range, ResourceFlags flags)
    {
        foreach (Resource child in parent.Children)
        {
            if (child.Range.Overlaps(range))
            {
                if ((child.Flags & flags) == flags)
                {
                    return child;
                }

                if (FindOverlap(child, range, flags) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private static bool TryRequest(Resource parent, Resource resource, out Resource? conflict)
    {
        conflict = null;
        if (!parent.Range.Contains(resource.Range))
        {
            conflict = parent;
            return false;
        }

        int index = FirstAtOrAfter(parent.ChildList, resource.Range.Start);
        conflict = index < parent.ChildList.Count && parent.ChildList[index].Range.Overlaps(resource.Range) ? parent.ChildList[index] : null;
        if (conflict is not null)
        {
            return false;
        }

        parent.ChildList.Insert(index, resource);
        resource.Parent = parent;
        return true;
    }

    /// <summary>Index of the first child that ends at or after an address.</summary>
    private static int FirstAtOrAfter(List<Resource> children, Hpa address)
    {
        int low = 0;
        int high = children.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (children[middle].Range.Last < address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Puts a resource between a parent and those children that it covers; a child that sticks out is a conflict.</summary>
    private static Resource? Adopt(Resource parent, Resource resource)
    {
        List<Resource> covered = parent.ChildList.FindAll(child => child.Range.Overlaps(resource.Range));
        if (covered.Find(child => !resource.Range.Contains(child.Range)) is { } partial)
        {
            return partial;
        }

        int index = parent.ChildList.IndexOf(covered[0]);
        parent.ChildList.RemoveRange(index, covered.Count);
        parent.ChildList.Insert(index, resource);
        resource.Parent = parent;
        foreach (Resource child in covered)
        {
            child.Parent = resource;
            resource.ChildList.Add(child);
        }

        return null;
    }
}
