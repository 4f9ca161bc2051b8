using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How a partition of a device is reached (<c>struct cxl_dpa_perf</c>).</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Size">Its size.</param>
/// <param name="Device">The device alone, as its CDAT says.</param>
/// <param name="Coordinates">From the initiator, by class of access.</param>
/// <param name="QosClass">The throttling group that the platform gives to such memory.</param>
public sealed record DpaPerformance(Dpa Start, ByteSize Size, AccessCoordinates Device, AccessCoordinates[] Coordinates, int QosClass)
{
    public bool Contains(DpaAllocation dpa) => dpa.Start >= Start && dpa.Start + dpa.Size <= Start + Size;
}
