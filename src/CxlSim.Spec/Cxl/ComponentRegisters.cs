namespace CxlSim.Spec.Cxl;

/// <summary>The component register block: 64 KiB, with the CXL.cache/mem registers at 4 KiB (CXL r3.1 8.2.3, 8.2.4).</summary>
public static class ComponentRegisters
{
    public const int BlockSize = 0x10000;
    public const int CacheMemOffset = 0x1000;

    public const ushort HeaderId = 1;
    public const ushort RasId = 2;
    public const ushort LinkId = 4;
    public const ushort HdmDecoderId = 5;

    /// <summary>RAS capability, 8.2.4.17.</summary>
    public const int RasSize = 0x58;

    /// <summary>Link capability, 8.2.4.19.</summary>
    public const int LinkSize = 0x50;

    // Where the capabilities lie is the implementer's choice; these are the places that QEMU's devices use.
    public const int RasOffset = 0x80;
    public const int LinkOffset = 0xd8;
    public const int HdmDecoderOffset = 0x128;
}
