using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>A place of the tree that the kernel of the host knows by a number.</summary>
internal sealed class Node(ulong id, Node? parent, string[] steps, TreeEntry entry)
{
    private static readonly string[] Mixture = [string.Empty];

    public ulong Id => id;

    public Node? Parent => parent;

    /// <summary>Its path from the root.</summary>
    public string[] Steps => steps;

    public string Name => steps[^1];

    /// <summary>What stood there when the kernel asked.</summary>
    public TreeEntry Entry => entry;

    /// <summary>How often the kernel was told of it and has not forgotten.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Of a directory: the names that the kernel was told and keeps; null while it keeps none.</summary>
    public string[]? Listed { get; private set; }

    /// <summary>Opens of it as memory, whose pages the kernel may hold.</summary>
    public int OpenMemory { get; set; }

    /// <summary>The kernel is told of names, a piece at a time. Where it was told of others before, what it keeps is a mixture that no directory lists.</summary>
    public void Tell(string[] names) => Listed = Listed is null || Listed.SequenceEqual(names) ? names : Mixture;

    /// <summary>The kernel keeps no names.</summary>
    public void ForgetNames() => Listed = null;
}
