using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A downstream port: a root port or switch port below a port, a host bridge below the root (<c>struct cxl_dport</c>).</summary>
/// <param name="Device">The PCI function or platform device, or the root bridge.</param>
/// <param name="PortId">Port number of the link, or UID of the host bridge; what target lists hold.</param>
/// <param name="Port">The port that it belongs to.</param>
/// <param name="Components">Its component registers; null where there are none.</param>
public sealed record CxlDport(Device Device, int PortId, CxlPort Port, ComponentRegisterMap? Components)
{
    /// <summary>Of a CXL 1.1 host bridge: its root complex register block. Null for all others.</summary>
    public Hpa? Rcrb { get; init; }

    /// <summary>A CXL 1.1 host bridge: no port, its device is the endpoint (<c>dport->rch</c>).</summary>
    public bool IsRestricted => Rcrb is not null;

    /// <summary>The way through it, by class of access: of a switch port from the switch's CDAT, of a host bridge from the HMAT.</summary>
    public AccessCoordinates[] Coordinates { get; } = new AccessCoordinates[AccessCoordinates.Classes];

    /// <summary>What its link adds; picoseconds, which the driver adds to nanoseconds.</summary>
    public uint LinkLatency { get; } = Device is PciDevice pci ? PciLink.Latency(pci) : 0;
}
