using CxlSim.Session;

namespace CxlSim.Fuse.Tests;

/// <summary>Numbers that the host's kernel keeps for places of the tree.</summary>
public class NodeTableTests
{
    private static readonly TreeEntry File = TreeEntry.Attribute(0x124, 4096);

    private readonly NodeTable _nodes = new();
    private readonly FakeTree _tree = new();

    private Node Root => _nodes.Find(NodeTable.RootId)!;

    [Fact]
    public void TheSamePlace_HasTheSameNumber()
    {
        Node first = _nodes.Enter(Root, "a", File);
        _nodes.Enter(Root, "a", File).Should().BeSameAs(first);
        first.Lookups.Should().Be(2);
        first.Steps.Should().Equal("a");
    }

    [Fact]
    public void AnotherThingAtThePlace_HasAnotherNumber()
    {
        Node link = _nodes.Enter(Root, "driver", TreeEntry.Link("../one"));
        Node other = _nodes.Enter(Root, "driver", TreeEntry.Link("../two"));

        other.Id.Should().NotBe(link.Id, "the host keeps the text of a link for as long as it keeps the number");
        _nodes.Find(link.Id).Should().BeSameAs(link, "somebody may still hold it");
    }

    [Fact]
    public void WhatTheKernelForgets_IsForgotten()
    {
        Node node = _nodes.Enter(Root, "a", File);
        _nodes.Enter(Root, "a", File);

        _nodes.Forget(node.Id, 1);
        _nodes.Find(node.Id).Should().NotBeNull();
        _nodes.Forget(node.Id, 1);
        _nodes.Find(node.Id).Should().BeNull();
        _nodes.Forget(node.Id, 1);
        _nodes.Forget(NodeTable.RootId, 1);
        _nodes.Count.Should().Be(1, "the root stays");
    }

    [Fact]
    public void WhatIsNoLongerSo_IsStale_TheDeepestFirst()
    {
        _tree.Entries["a"] = TreeEntry.Directory;
        _tree.Entries["a/x"] = File;
        _tree.Entries["b"] = TreeEntry.Link("c");
        Node a = _nodes.Enter(Root, "a", TreeEntry.Directory);
        Node x = _nodes.Enter(a, "x", File);
        Node b = _nodes.Enter(Root, "b", TreeEntry.Link("c"));
        Stale().Names.Should().BeEmpty();

        _tree.Entries.Remove("a");
        _tree.Entries.Remove("a/x");
        _tree.Entries["b"] = TreeEntry.Link("d");

        Stale().Names.Should().HaveCount(3).And.Contain([(a.Parent!.Id, "a"), (b.Parent!.Id, "b")]).And.HaveElementAt(0, (a.Id, x.Name));
        Stale().Names.Should().BeEmpty("each is told once");
    }

    [Fact]
    public void ADirectoryThatListsOtherNames_IsStale()
    {
        _tree.Names = ["a"];
        Root.Tell(["a"]);
        Stale().Directories.Should().BeEmpty();

        _tree.Names = ["a", "b"];

        Stale().Directories.Should().Equal(NodeTable.RootId);
        Stale().Directories.Should().BeEmpty("the kernel keeps nothing until it asks again");
    }

    /// <summary>A program reads a long directory piece by piece, and another changes it meanwhile.</summary>
    [Fact]
    public void ADirectoryThatWasToldInTwoWays_IsStale()
    {
        _tree.Names = ["a", "b"];
        Root.Tell(["a"]);
        Root.Tell(["a", "b"]);

        Stale().Directories.Should().Equal([NodeTable.RootId], "the kernel may keep the first piece of the one and the second of the other");
        Root.Tell(["a", "b"]);
        Root.Tell(["a", "b"]);
        Stale().Directories.Should().BeEmpty();
    }

    private StaleKnowledge Stale() => _nodes.TakeStale(_tree);

    [Fact]
    public void OpenMemory_IsKnown()
    {
        Node node = _nodes.Enter(Root, "dax0.0", File);
        _nodes.OpenMemory().Should().BeEmpty();
        node.OpenMemory++;
        _nodes.OpenMemory().Should().Equal(node);
    }

    private sealed class FakeTree : IFileTree
    {
        public Dictionary<string, TreeEntry> Entries { get; } = [];

        public TreeEntry? Find(ReadOnlySpan<string> steps) => Entries.TryGetValue(string.Join('/', steps), out TreeEntry entry) ? entry : null;

        public string[] Names { get; set; } = [];

        public IEnumerable<string>? List(ReadOnlySpan<string> steps) => Names;

        public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags) => Core.Errno.ENOENT;
    }
}
