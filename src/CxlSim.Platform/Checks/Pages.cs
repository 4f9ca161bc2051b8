using CxlSim.Core;

namespace CxlSim.Platform.Checks;

/// <summary>Firmware's tables and the kernel count memory in pages of 4 KiB.</summary>
internal static class Pages
{
    public static bool AreWhole(AddressRange range) => range.Start.IsAligned(ByteSize.Page) && range.Size.IsMultipleOf(ByteSize.Page);
}
