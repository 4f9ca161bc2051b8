using CxlSim.Core;
using CxlSim.Hardware;
using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>Lists the CDATs of all devices and switches, each before what is below it.</summary>
internal static class DeviceTables
{
    private const string Signature = "CDAT";

    public static IReadOnlyList<DeviceTable> Of(PlatformDescription platform)
    {
        List<DeviceTable> tables = [];
        int switches = 0;
        foreach (RootPortDescription port in platform.HostBridges.SelectMany(bridge => bridge.RootPorts))
        {
            Add(port.Child);
        }

        return tables;

        void Add(PciChildDescription? child)
        {
            switch (child)
            {
                case Type3Description device:
                    tables.Add(Make(platform, device.Id, device, new CdatTable(device)));
                    break;
                case SwitchDescription node:
                    tables.Add(Make(platform, $"switch {switches++}", node, new CdatTable(node)));
                    foreach (DownstreamPortDescription port in node.Ports)
                    {
                        Add(port.Child);
                    }

                    break;
            }
        }
    }

    private static DeviceTable Make(PlatformDescription platform, string owner, object description, CdatTable table)
    {
        byte[] bytes = [.. table.Entries.SelectMany(entry => entry)];
        SourceLocation? stated = platform.Sources.Stated(description, "cdat");
        TableSource source = new(
            Signature, 0, bytes.Length, stated ?? platform.Sources.LocationOf(description), Signature, stated is null ? "capacities, and speeds of QEMU's devices" : null);
        return new DeviceTable(owner, bytes, new TableSources([source]));
    }
}
