using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Fuse;

/// <summary>A part of the mount; paths are steps from its own root.</summary>
internal interface IFileTree
{
    /// <summary>What stands there; null for nothing.</summary>
    TreeEntry? Find(string[] steps);

    /// <summary>Names in a directory; null where there is none.</summary>
    IEnumerable<string>? List(string[] steps);

    (Errno Error, byte[] Bytes) Read(string[] steps);

    /// <summary>One write(2).</summary>
    SimTask<Errno> WriteAsync(string[] steps, string value);
}
