using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Fuse;

/// <summary>A directory of text files, all of one level.</summary>
internal abstract class FlatTree : IFileTree
{
    protected abstract IReadOnlyDictionary<string, TextFile> Files { get; }

    public TreeEntry? Find(string[] steps) => steps switch
    {
        [] => TreeEntry.Directory,
        [var name] when Files.TryGetValue(name, out TextFile? file) => TreeEntry.Text(file.Mode),
        _ => null,
    };

    public IEnumerable<string>? List(string[] steps) => steps is [] ? Files.Keys : null;

    public (Errno Error, byte[] Bytes) Read(string[] steps) =>
        steps is [var name] && Files.TryGetValue(name, out TextFile? file) ? (Errno.Ok, Encoding.UTF8.GetBytes(file.Render())) : (Errno.ENOENT, []);

    public SimTask<Errno> WriteAsync(string[] steps, string value) =>
        steps is [var name] && Files.TryGetValue(name, out TextFile? file) && file.Store is { } store ? store(value) : Errno.EACCES;
}
