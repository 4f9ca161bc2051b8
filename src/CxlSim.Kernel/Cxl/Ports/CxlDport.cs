using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A downstream port: a root port or switch port below a port, a host bridge below the root (<c>struct cxl_dport</c>).</summary>
/// <param name="device">The PCI function or platform device, or the root bridge.</param>
/// <param name="portId">Port number of the link, or UID of the host bridge; what target lists hold.</param>
/// <param name="port">The port that it belongs to.</param>
/// <param name="components">Its component registers; null where there are none.</param>
public sealed class CxlDport(Device device, int portId, CxlPort port, ComponentRegisterMap? components)
{
    public Device Device => device;

    public int PortId => portId;

    public CxlPort Port => port;

    public ComponentRegisterMap? Components => components;

    /// <summary>Of a CXL 1.1 host bridge: its root complex register block. Null for all others.</summary>
    public Hpa? Rcrb { get; init; }

    /// <summary>A CXL 1.1 host bridge: no port, its device is the endpoint (<c>dport->rch</c>).</summary>
    public bool IsRestricted => Rcrb is not null;

    /// <summary>The way through it, by class of access: of a switch port from the switch's CDAT, of a host bridge from the HMAT.</summary>
    public AccessCoordinates[] Coordinates { get; } = new AccessCoordinates[AccessCoordinates.Classes];

    /// <summary>What its link adds; picoseconds, which the driver adds to nanoseconds.</summary>
    public uint LinkLatency { get; } = device is PciDevice pci ? PciLink.Latency(pci) : 0;
}
