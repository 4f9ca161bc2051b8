using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Follows each device's capacity as far as it comes, and says what ends its way.</summary>
public static class CapacityView
{
    public static IReadOnlyList<DeviceCapacity> Of(SimulatedMachine machine)
    {
        WindowRoom? room = machine.Kernel is { } kernel ? new WindowRoom(kernel) : null;
        return [.. machine.Devices.Select(device => Of(machine, device, room))];
    }

    private static DeviceCapacity Of(SimulatedMachine machine, DeviceInfo device, WindowRoom? room)
    {
        if (machine.Kernel is not { } kernel || room is null)
        {
            return Whole(device, string.Empty, "the kernel has not started", string.Empty);
        }

        CapacityCauses causes = new(kernel);
        if (machine.MemdevOf(device) is not { } memdev)
        {
            string state = machine.Phase == Phase.Running ? "the kernel has not found it" : "it is not probed yet";
            (string why, string rule) = causes.OfFunction(device.Address) ?? (state, string.Empty);
            return Whole(device, string.Empty, why, rule);
        }

        string name = $"{memdev.Name} {memdev.Host.Name}";
        if (memdev.Endpoint is null)
        {
            (string why, string rule) = causes.OfFunction(device.Address)
                ?? (kernel.Cxl.Root is { } root && kernel.Cxl.BridgeOf(root) is null && !memdev.Partitions.Pmem.IsZero
                    ? ($"{memdev.Partitions.Pmem} of it is persistent, and no window allows that", KernelRules.PersistentWithoutWindow.Number)
                    : ($"{memdev.Name} has no endpoint", string.Empty));
            return Whole(device, name, why, rule);
        }

        List<CapacityPart> parts = [];
        RegionCapacity regions = new(kernel, causes);
        foreach (CxlEndpointDecoder decoder in memdev.Endpoint.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.Dpa is not null))
        {
            parts.AddRange(regions.PartsOf(decoder));
        }

        parts.AddRange(new IdleCapacity(kernel, room).PartsOf(memdev));
        return new DeviceCapacity(device.Id, name, device.Capacity, parts);
    }

    private static DeviceCapacity Whole(DeviceInfo device, string memdev, string why, string rule) =>
        new(device.Id, memdev, device.Capacity, device.Capacity.IsZero ? [] : [new CapacityPart(device.Capacity, CapacityUse.Stranded, string.Empty, why, rule)]);
}
