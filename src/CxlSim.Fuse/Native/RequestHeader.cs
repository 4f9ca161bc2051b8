using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_in_header</c> (<c>include/uapi/linux/fuse.h</c>): what each request begins with.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequestHeader
{
    public uint Length;
    public uint Operation;
    public ulong Unique;
    public ulong Inode;
    public uint User;
    public uint Group;

    /// <summary>Which process asks; 0 for one that this process namespace does not see.</summary>
    public uint Process;
    public uint Padding;
}
