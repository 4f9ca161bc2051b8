using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A PCI root bridge as the kernel knows it (<c>drivers/acpi/pci_root.c</c>, struct pci_host_bridge).</summary>
public sealed class PciHostBridge(AcpiDevice acpi, ushort segment, byte bus, byte lastBus, IReadOnlyList<AddressRange> windows)
    : Device(string.Create(CultureInfo.InvariantCulture, $"pci{segment:x4}:{bus:x2}"))
{
    public AcpiDevice Acpi => acpi;

    public ushort Segment => segment;

    public byte BusNumber => bus;

    public byte LastBus => lastBus;

    /// <summary>What <c>_PXM</c> says of it or of what it lies below; -1 for no node that is online (<c>pci_acpi_root_get_node</c>).</summary>
    public int NumaNode { get; internal init; } = Numa.NoNode;

    /// <summary>What it forwards, from <c>_CRS</c>.</summary>
    public IReadOnlyList<AddressRange> Windows => windows;

    public List<PciDevice> Functions { get; } = [];
}
