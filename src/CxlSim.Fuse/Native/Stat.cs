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

    /// <summary>As glibc's <c>makedev</c> packs it.</summary>
    public static ulong DeviceNumber(int majorNumber, int minorNumber)
    {
        ulong major = (ulong)majorNumber;
        ulong minor = (ulong)minorNumber;
        return ((major & 0xfff) << 8) | (minor & 0xff) | ((minor & ~0xffUL) << 12) | ((major & ~0xfffUL) << 32);
    }
}
