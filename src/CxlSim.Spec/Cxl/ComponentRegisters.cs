namespace CxlSim.Spec.Cxl;

/// <summary>The component register block: 64 KiB, with the CXL.cache/mem registers at 4 KiB (CXL r3.1 8.2.3, 8.2.4).</summary>
public static class ComponentRegisters
{
    public const int BlockSize = 0x10000;
    public const int CacheMemOffset = 0x1000;
    public const int CacheMemSize = 0x1000;

    // Ids in the capability array, table 8-22.
    /// <summary>An entry that software passes over.</summary>
    public const ushort NullId = 0;
    public const ushort HeaderId = 1;
    public const ushort RasId = 2;
    public const ushort SecurityId = 3;
    public const ushort LinkId = 4;
    public const ushort HdmDecoderId = 5;
    public const ushort ExtendedSecurityId = 6;
    public const ushort IdeId = 7;
    public const ushort SnoopFilterId = 8;
    public const ushort TimeoutAndIsolationId = 9;
    public const ushort CacheMemExtendedId = 0xa;
    public const ushort BackInvalidateRouteId = 0xb;
    public const ushort BackInvalidateDecoderId = 0xc;
    public const ushort CacheIdRouteId = 0xd;
    public const ushort CacheIdDecoderId = 0xe;
    public const ushort ExtendedHdmDecoderId = 0xf;

    /// <summary>RAS capability, 8.2.4.17.</summary>
    public const int RasSize = 0x58;

    /// <summary>Security capability, 8.2.4.18: one register.</summary>
    public const int SecuritySize = 4;

    /// <summary>Link capability, 8.2.4.19.</summary>
    public const int LinkSize = 0x50;

    /// <summary>Extended security capability, 8.2.4.21: a count of root ports, none of which has an entry.</summary>
    public const int ExtendedSecuritySize = 4;

    /// <summary>Snoop filter capability, 8.2.4.23.</summary>
    public const int SnoopFilterSize = 8;

    // Where the capabilities lie is the implementer's choice; these are the places that QEMU's devices use.
    public const int RasOffset = 0x80;
    public const int LinkOffset = 0xd8;
    public const int HdmDecoderOffset = 0x128;
    public const int ExtendedSecurityOffset = 0x278;
    public const int SnoopFilterOffset = 0xaa0;

    /// <summary>Extended security of a bridge with more decoders than lie before its usual place.</summary>
    public const int ExtendedSecurityFarOffset = 0x600;
}
