namespace CxlSim.Kernel;

/// <summary>Attributes that stand together: in the object's own directory, or in one below it.</summary>
/// <param name="Directory">Name of the directory below the object's; null for the object's own.</param>
/// <param name="Attributes">In the order of their definition.</param>
public sealed record AttributeGroup(string? Directory, IReadOnlyList<KAttribute> Attributes)
{
    public AttributeGroup(params IReadOnlyList<KAttribute> attributes)
        : this(null, attributes)
    {
    }
}
