using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>A part of the files that the kernel shows; paths are steps from its own root. Everything here runs in the loop.</summary>
public interface IFileTree
{
    /// <summary>What stands there; null for nothing.</summary>
    TreeEntry? Find(ReadOnlySpan<string> steps);

    /// <summary>Names in a directory; null where there is none.</summary>
    IEnumerable<string>? List(ReadOnlySpan<string> steps);

    /// <summary>Opens a file once.</summary>
    OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags);

    /// <summary>mkdir: nothing can be made by hand in most trees of the kernel.</summary>
    Errno MakeDirectory(ReadOnlySpan<string> steps) => Errno.EPERM;

    /// <summary>rmdir.</summary>
    Errno RemoveDirectory(ReadOnlySpan<string> steps) => Errno.EPERM;
}
