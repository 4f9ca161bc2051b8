namespace CxlSim.Kernel;

/// <summary>A place in sysfs: an object, an attribute directory of it, or one of its files.</summary>
/// <param name="Owner">The object.</param>
/// <param name="Directory">The attribute directory, or null.</param>
/// <param name="Attribute">The file, or null for a directory.</param>
public readonly record struct SysfsNode(KObject Owner, string? Directory, KAttribute? Attribute)
{
    /// <summary>What stands below under a name; a link is followed.</summary>
    public SysfsNode? Child(string name)
    {
        KObject owner = Owner;
        if (Directory is null)
        {
            if (owner.Children.TryGetValue(name, out KObject? child) || owner.Links.TryGetValue(name, out child))
            {
                return new SysfsNode(child, null, null);
            }

            if (owner.Groups.Any(group => group.Directory == name && IsShown(group, owner)))
            {
                return new SysfsNode(owner, name, null);
            }
        }

        string? directory = Directory;
        KAttribute? attribute = owner.Groups
            .Where(group => group.Directory == directory)
            .SelectMany(group => group.Attributes)
            .FirstOrDefault(attribute => attribute.Name == name && attribute.IsVisible(owner));
        return attribute is null ? null : new SysfsNode(owner, Directory, attribute);
    }

    /// <summary>The files here, in the order of their definition.</summary>
    public IEnumerable<KAttribute> Files()
    {
        KObject owner = Owner;
        string? directory = Directory;
        return owner.Groups
            .Where(group => group.Directory == directory)
            .SelectMany(group => group.Attributes)
            .Where(attribute => attribute.IsVisible(owner));
    }

    /// <summary>The attribute directories of an object; none below one.</summary>
    public IEnumerable<string> Directories()
    {
        KObject owner = Owner;
        return Directory is not null
            ? []
            : owner.Groups.Where(group => group.Directory is not null && IsShown(group, owner)).Select(group => group.Directory!).Distinct();
    }

    /// <summary>All names here, in the order in which a program finds them; none below a file.</summary>
    public IEnumerable<string> Names()
    {
        if (Attribute is not null)
        {
            return [];
        }

        IEnumerable<string> names = Files().Select(file => file.Name).Concat(Directories());
        return KernfsOrder.Sort(Directory is null ? names.Concat(Owner.Children.Keys).Concat(Owner.Links.Keys) : names);
    }

    /// <summary>A named group stands as long as one of its files does, or where it has none of its own to hide.</summary>
    private static bool IsShown(AttributeGroup group, KObject owner) =>
        group.Attributes.Count == 0 || group.Attributes.Any(attribute => attribute.IsVisible(owner));
}
