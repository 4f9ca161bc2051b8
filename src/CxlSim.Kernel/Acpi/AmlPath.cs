namespace CxlSim.Kernel;

/// <summary>A name as AML has it: from the root or from where it stands, some levels up, and segments of four letters (ACPI 6.5 5.3, <c>acpi_ns_lookup</c>).</summary>
internal sealed record AmlPath(bool IsAbsolute, int Up, IReadOnlyList<string> Segments)
{
    /// <summary>What is named so; a single segment is looked for in everything around as well.</summary>
    public AmlNode? Find(AmlNode from)
    {
        if (IsAbsolute || Up > 0 || Segments.Count != 1)
        {
            return Follow(from, Segments.Count);
        }

        AmlNode? around = from;
        while (around is not null && around.Child(Segments[0]) is null)
        {
            around = around.Parent;
        }

        return around?.Child(Segments[0]);
    }

    /// <summary>Where something named so is declared; null where that is not there.</summary>
    public AmlNode? Owner(AmlNode from) => Segments.Count == 0 ? null : Follow(from, Segments.Count - 1);

    private AmlNode? Follow(AmlNode from, int segments)
    {
        AmlNode? node = IsAbsolute ? from.Root : from;
        for (int i = 0; i < Up && node is not null; i++)
        {
            node = node.Parent;
        }

        for (int i = 0; i < segments && node is not null; i++)
        {
            node = node.Child(Segments[i]);
        }

        return node;
    }
}
