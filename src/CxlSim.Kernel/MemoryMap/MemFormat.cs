using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Address ranges as the kernel log prints them.</summary>
public static class MemFormat
{
    /// <summary><c>[mem 0x00100000-0x7fffffff]</c>: eight digits at least.</summary>
    public static string Of(AddressRange range) => $"[mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8}]";

    /// <summary>A memory resource as <c>%pr</c> gives it where its type is known.</summary>
    public static string Resource(AddressRange range) => $"[mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8} flags 0x200]";
}
