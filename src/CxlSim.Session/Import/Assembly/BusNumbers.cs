using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Bus numbers as the model's firmware gives them: one for each port and switch, in order, without gaps.</summary>
internal static class BusNumbers
{
    public static int Needed(IReadOnlyList<RootPortDescription> ports) => ports.Sum(port => 1 + Below(port.Child));

    /// <summary>The first port whose bus had another number in the capture; null where all agree.</summary>
    public static (Bdf Port, byte Was, byte Becomes)? FirstMoved(HostBridgeDescription bridge, PciInventory pci)
    {
        int next = bridge.Bus;
        foreach (RootPortDescription port in bridge.RootPorts)
        {
            next++;
            Bdf place = new(bridge.Segment, bridge.Bus, port.Device, port.Function);
            if (pci.Of(place).Secondary is { } was && was != next)
            {
                return (place, was, (byte)Math.Min(next, byte.MaxValue));
            }

            next += Below(port.Child);
        }

        return null;
    }

    private static int Below(PciChildDescription? child) => child is SwitchDescription node ? 1 + node.Ports.Sum(port => 1 + Below(port.Child)) : 0;
}
