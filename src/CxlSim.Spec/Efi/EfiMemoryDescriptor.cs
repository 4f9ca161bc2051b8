using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Efi;

/// <summary>One entry of the EFI memory map (UEFI 2.10 7.2.3). The stride in the map may be larger.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct EfiMemoryDescriptor : IBinaryLayout
{
    public const uint Version = 1;
    public const int PageShift = 12;

    public uint Type;
    public uint Pad;
    public ulong PhysicalStart;
    public ulong VirtualStart;
    public ulong NumberOfPages;
    public ulong Attribute;

    public static int SpecSize => 40;
}
