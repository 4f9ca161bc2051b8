using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct stat</c> of x86-64 Linux; the times stay zero.</summary>
[StructLayout(LayoutKind.Sequential, Size = 144)]
internal struct Stat
{
    public ulong Device;
    public ulong Inode;
    public ulong Links;
    public uint Mode;
    public uint User;
    public uint Group;
    public int Padding;
    public ulong SpecialDevice;
    public long Size;
    public long BlockSize;
    public long Blocks;
}
