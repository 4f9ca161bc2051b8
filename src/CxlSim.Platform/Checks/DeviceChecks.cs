using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Checks;

/// <summary>Checks that every device has an id of its own.</summary>
internal static class DeviceChecks
{
    public static void Run(ReadContext context, IReadOnlyList<HostBridgeDescription> bridges)
    {
        IEnumerable<Type3Description> devices = bridges.SelectMany(Topology.Devices).Where(d => context.IsSound(d, "id"));
        foreach ((Type3Description device, Type3Description first) in Repeats.Of(devices, d => d.Id))
        {
            // Two ids made from places agree only where the places do, and that has been reported.
            if (context.Says(device, "id") || context.Says(first, "id"))
            {
                string message = $"the device id '{device.Id}' is there twice, first at {context.PlaceOf(first, "id")}; expected another";
                context.Error(Cxp.DeviceIdTwice, context.PlaceOf(device, "id"), message);
            }
        }
    }
}
