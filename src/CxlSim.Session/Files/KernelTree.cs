using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The kernel model as a tree of files: <c>/sys</c>, <c>/proc</c>, <c>/dev</c>, and <c>/run</c> with the shell's own helpers.</summary>
public sealed class KernelTree : IFileTree
{
    private readonly Dictionary<string, IFileTree> _trees;

    public KernelTree(MachineSession session) => _trees = new Dictionary<string, IFileTree>
    {
        ["sys"] = new SysfsTree(session),
        ["proc"] = new ProcTree(session),
        ["dev"] = new DevTree(session),
        ["run"] = new ControlTree(session),
    };

    public TreeEntry? Find(ReadOnlySpan<string> steps) => steps.IsEmpty ? TreeEntry.Directory : Tree(steps)?.Find(steps[1..]);

    public IEnumerable<string>? List(ReadOnlySpan<string> steps) => steps.IsEmpty ? _trees.Keys : Tree(steps)?.List(steps[1..]);

    public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags) =>
        steps.IsEmpty ? Errno.EISDIR : Tree(steps) is { } tree ? tree.Open(steps[1..], flags) : Errno.ENOENT;

    public Errno MakeDirectory(ReadOnlySpan<string> steps) => !steps.IsEmpty && Tree(steps) is { } tree ? tree.MakeDirectory(steps[1..]) : Errno.EPERM;

    public Errno RemoveDirectory(ReadOnlySpan<string> steps) => !steps.IsEmpty && Tree(steps) is { } tree ? tree.RemoveDirectory(steps[1..]) : Errno.EPERM;

    private IFileTree? Tree(ReadOnlySpan<string> steps) => _trees.GetValueOrDefault(steps[0]);
}
