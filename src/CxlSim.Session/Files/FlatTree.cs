using System.Text;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>A directory of text files, all of one level.</summary>
internal abstract class FlatTree : IFileTree
{
    protected abstract IReadOnlyDictionary<string, TextFile> Files { get; }

    public TreeEntry? Find(ReadOnlySpan<string> steps) => steps switch
    {
        [] => TreeEntry.Directory,
        [var name] when Files.TryGetValue(name, out TextFile? file) => TreeEntry.Text(file.Mode),
        _ => null,
    };

    public IEnumerable<string>? List(ReadOnlySpan<string> steps) => steps is [] ? Files.Keys : null;

    public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags) => steps is [var name] && Files.TryGetValue(name, out TextFile? file)
        ? new SnapshotFile(() => FileBytes.Of(Encoding.UTF8.GetBytes(file.Render())), file.Store)
        : Errno.ENOENT;
}
