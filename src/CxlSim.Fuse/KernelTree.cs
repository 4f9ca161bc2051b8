using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Fuse;

/// <summary>The kernel model as a tree of files: <c>/sys</c>, <c>/proc</c>, <c>/dev</c>, and <c>/run</c> for the shell's own helpers. Runs in the loop; keeps no state.</summary>
public sealed class KernelTree
{
    private readonly Dictionary<string, IFileTree> _trees;

    public KernelTree(LinuxKernel kernel) => _trees = new Dictionary<string, IFileTree>
    {
        ["sys"] = new SysfsTree(kernel),
        ["proc"] = new ProcTree(kernel),
        ["dev"] = new DevTree(kernel),
        ["run"] = new RunTree(kernel),
    };

    /// <summary>What stands at a path; null for nothing.</summary>
    public TreeEntry? Find(string path) => Split(path, out string[] rest) is { } tree ? tree.Find(rest) : path == "/" ? TreeEntry.Directory : null;

    /// <summary>Names in a directory; null where the path is none.</summary>
    public IEnumerable<string>? List(string path) => Split(path, out string[] rest) is { } tree ? tree.List(rest) : path == "/" ? _trees.Keys : null;

    /// <summary>The bytes of a file.</summary>
    public (Errno Error, byte[] Bytes) Read(string path) => Split(path, out string[] rest) is { } tree ? tree.Read(rest) : (Errno.EISDIR, []);

    /// <summary>One write(2).</summary>
    public SimTask<Errno> WriteAsync(string path, string value) => Split(path, out string[] rest) is { } tree ? tree.WriteAsync(rest, value) : Errno.EISDIR;

    private IFileTree? Split(string path, out string[] rest)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        rest = steps.Length > 0 ? steps[1..] : [];
        return steps.Length > 0 ? _trees.GetValueOrDefault(steps[0]) : null;
    }
}
