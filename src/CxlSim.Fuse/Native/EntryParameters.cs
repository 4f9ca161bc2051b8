using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_entry_param</c> (libfuse 3.14, <c>fuse_lowlevel.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EntryParameters
{
    public ulong Inode;
    public ulong Generation;
    public Stat Attributes;
    public double AttributesTimeout;
    public double EntryTimeout;
}
