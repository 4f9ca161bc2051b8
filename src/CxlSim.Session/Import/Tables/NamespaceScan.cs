using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Finds the root bridges of a namespace, in the order in which Linux meets them.</summary>
internal static class NamespaceScan
{
    public static IReadOnlyList<NamespaceBridge> Bridges(IEnumerable<CapturedTable> tables) =>
        [.. AmlReader.Read(tables.Select(table => table.Bytes)).Devices().Where(device => device.IsPresent).Select(Bridge).OfType<NamespaceBridge>()];

    private static NamespaceBridge? Bridge(AmlNode node)
    {
        string[] ids = [.. node.HardwareIds()];
        bool isCxl = ids.Contains(AcpiIds.CxlHostBridge);
        if (!isCxl && !ids.Contains(AcpiIds.PcieHostBridge) && !ids.Contains(AcpiIds.PciHostBridge))
        {
            return null;
        }

        (byte First, byte Last)? buses = null;
        IReadOnlyList<AddressRange>? mmio = node.Value("_CRS")?.Buffer is { } crs ? CrsReader.Read(crs, out buses) : null;
        byte? bus = node.Integer("_BBN") is { } number and <= byte.MaxValue ? (byte)number : buses?.First;
        return new NamespaceBridge(
            node.Name, isCxl, Uid(node.Value("_UID")), Bits.Low16(node.Integer("_SEG") ?? 0), bus, buses?.Last, mmio is { Count: > 0 } ? mmio : null, node.Integer("_PXM") is { } domain and <= uint.MaxValue ? (uint)domain : null);
    }

    private static uint? Uid(AmlValue? value) =>
        value?.Integer is { } number and <= uint.MaxValue ? (uint)number
        : uint.TryParse(value?.Text, out uint parsed) ? parsed
        : null;
}
