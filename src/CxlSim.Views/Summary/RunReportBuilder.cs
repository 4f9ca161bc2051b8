using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Follows each device's capacity through decoder, region, dax device and memory blocks.</summary>
public static class RunReportBuilder
{
    public static RunReport Build(SimulatedMachine machine, IReadOnlyList<PlacementCheck> checks, IReadOnlyList<StepOutcome> steps) => new(
        machine.Platform.Name,
        machine.Platform.Kernel.Version.ToString(),
        machine.Simulation.Seed,
        machine.Phase.ToString(),
        [.. machine.Devices.SelectMany(device => RowsOf(machine, device))],
        checks,
        steps,
        machine.Kernel is null ? SimDuration.Zero : machine.Simulation.Now - machine.KernelStart,
        machine.Simulation.Now - SimTime.Zero,
        machine.Simulation.EventNumber)
    {
        Capacities = CapacityView.Of(machine),
        Lost = LostMemory.Of(machine),
    };

    private static IEnumerable<DeviceRow> RowsOf(SimulatedMachine machine, DeviceInfo device)
    {
        LinuxKernel? kernel = machine.Kernel;
        CxlMemdev? memdev = machine.MemdevOf(device);
        if (memdev is null)
        {
            string state = kernel is null ? "kernel not started" : machine.Phase == Phase.Running ? "not found by the kernel" : "not probed yet";
            yield return new DeviceRow(device.Id, string.Empty, device.Capacity.ToString(), "", "", "", "", "", "", state);
            yield break;
        }

        string name = $"{memdev.Name} {memdev.Host.Name}";
        List<CxlEndpointDecoder> used = [.. memdev.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.Dpa is not null) ?? []];
        ByteSize idle = used.Aggregate(device.Capacity, (left, decoder) => left - decoder.Dpa!.Size);
        foreach (CxlEndpointDecoder decoder in used)
        {
            yield return RowOf(kernel!, device, name, decoder);
        }

        if (!idle.IsZero)
        {
            string state = memdev.Endpoint is null ? "no endpoint" : "free";
            yield return new DeviceRow(device.Id, name, idle.ToString(), "", "", "", "", "", "", state);
        }
    }

    private static DeviceRow RowOf(LinuxKernel kernel, DeviceInfo device, string name, CxlEndpointDecoder decoder)
    {
        CxlRegion? region = decoder.ListedIn;
        string size = decoder.Dpa!.Size.ToString();
        if (region?.Resource is not { } resource)
        {
            return new DeviceRow(device.Id, name, size, decoder.Name, "", "", "", "", "", "reserved, in no region");
        }

        string where = string.Create(CultureInfo.InvariantCulture, $"{region.Name} {resource.Range.Start} {resource.Range.Size} x{region.Ways}");
        DevDax[] dax = [.. region.Children.Values.OfType<CxlDaxRegion>().SelectMany(owner => owner.DaxRegion?.Devices ?? [])];
        MemoryBlock[] blocks = [.. kernel.Memory.BlocksIn(resource.Range)];
        if (dax.Length == 0 && (blocks.Length == 0 || region.State != RegionState.Commit))
        {
            string state = region.State == RegionState.Commit ? "committed, no dax device" : "not committed";
            return new DeviceRow(device.Id, name, size, decoder.Name, where, "", "", "", "", state);
        }

        // Without a dax device it was memory before there were drivers: the EFI map lists it so.
        string daxText = string.Join(", ", dax.Select(found => $"{found.Name} {found.Driver?.Name ?? "unbound"}"));
        string node = (dax.Length > 0 ? dax[0].Region.TargetNode : blocks[0].Node.Id).ToString(CultureInfo.InvariantCulture);
        string zones = string.Join(',', blocks.Select(block => block.Zone?.Name).OfType<string>().Distinct());
        return new DeviceRow(device.Id, name, size, decoder.Name, where, daxText, BlocksText(blocks), node, zones, StateOf(dax, blocks));
    }

    private static string BlocksText(MemoryBlock[] blocks) => blocks.Length == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"{blocks.Length} ({ListFormat.Of(blocks.Select(block => (int)block.Id))})");

    private static string StateOf(DevDax[] dax, MemoryBlock[] blocks)
    {
        int online = blocks.Count(block => block.State == MemoryBlockState.Online);
        return blocks.Length switch
        {
            0 when !Array.Exists(dax, found => found.IsBound) => "no dax driver",
            0 => "devdax",
            _ when online == blocks.Length => "online",
            _ when online == 0 => "offline",
            _ => string.Create(CultureInfo.InvariantCulture, $"{online} of {blocks.Length} blocks online"),
        };
    }
}
