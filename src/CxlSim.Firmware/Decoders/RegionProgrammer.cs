using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>Turns each window into one region over all volatile capacity below its targets, as a BIOS does that sets CXL memory up for the OS.</summary>
/// <remarks>Every port on the way gets a decoder whose granularity counts what the levels above already spread (CXL r3.1 9.13.1).</remarks>
public sealed class RegionProgrammer(PlatformDescription platform, DecoderProgrammer decoders, IReadOnlyDictionary<uint, List<FoundFunction>> functionsByUid)
{
    /// <returns>The part of the window that decodes now, or null: nothing below, or a shape that firmware does not set up.</returns>
    public async SimTask<AddressRange?> ProgramAsync(WindowDescription window)
    {
        List<List<FoundFunction>> paths = [];
        foreach (uint uid in window.Targets)
        {
            if (!functionsByUid.TryGetValue(uid, out List<FoundFunction>? functions))
            {
                return null;
            }

            paths.Add(PathsTo(functions));
        }

        // An even spread needs the same number of devices below every target.
        int perTarget = paths[0].Count;
        int ways = perTarget * window.Targets.Count;
        if (perTarget == 0 || paths.Exists(list => list.Count != perTarget) || !Spec.Cxl.Interleave.TryEncodeWays(ways, out _))
        {
            return null;
        }

        AddressRange range = AddressRange.Of(window.Range.Start, SizeOf(window, ways));
        for (int target = 0; target < paths.Count; target++)
        {
            if (!await ProgramTargetAsync(window, range, ways, window.Targets[target], paths[target]))
            {
                return null;
            }
        }

        return range;
    }

    /// <summary>Devices first, then what leads to them, so that nothing is forwarded to a device that does not answer yet.</summary>
    private async SimTask<bool> ProgramTargetAsync(WindowDescription window, AddressRange range, int ways, uint uid, List<FoundFunction> devices)
    {
        foreach (FoundFunction device in devices)
        {
            if (device.ComponentBar is null || !await decoders.ProgramAsync(device.ComponentBar.Address, range, ways, window.Granularity, 0))
            {
                return false;
            }
        }

        Hpa bridge = platform.HostBridges.First(description => description.Cxl is not null && description.Uid == uid).Cxl!.ComponentRegisters;
        return await ProgramPortAsync(bridge, functionsByUid[uid], range, window.Granularity * window.Targets.Count);
    }

    private async SimTask<bool> ProgramPortAsync(Hpa component, List<FoundFunction> downstream, AddressRange range, int granularity)
    {
        List<FoundFunction> used = [.. downstream.Where(port => port.IsBridge && PathsTo([port]).Count > 0)];
        foreach (FoundFunction port in used)
        {
            FoundFunction below = port.Children[0];
            if (below.IsBridge
                && (below.ComponentBar is null || !await ProgramPortAsync(below.ComponentBar.Address, below.Children, range, granularity * used.Count)))
            {
                return false;
            }
        }

        if (!decoders.HasDecoders(component))
        {
            return used.Count == 1; // a passthrough bridge needs no decoder
        }

        ulong targets = 0;
        for (int position = 0; position < used.Count; position++)
        {
            targets |= (ulong)used[position].PortNumber << (8 * position);
        }

        return await decoders.ProgramAsync(component, range, used.Count, granularity, targets);
    }

    private static List<FoundFunction> PathsTo(List<FoundFunction> functions)
    {
        List<FoundFunction> devices = [];
        foreach (FoundFunction function in functions)
        {
            if (function.ClassCode == Spec.Pci.PciClass.CxlMemory)
            {
                devices.Add(function);
            }

            devices.AddRange(PathsTo(function.Children));
        }

        return devices;
    }

    private ByteSize SizeOf(WindowDescription window, int ways)
    {
        ByteSize smallest = window.Range.Size / (ulong)ways;
        foreach (Type3Description device in platform.HostBridges.Where(bridge => bridge.Cxl is not null && window.Targets.Contains(bridge.Uid)).SelectMany(DevicesOf))
        {
            smallest = device.Volatile < smallest ? device.Volatile : smallest;
        }

        return smallest * (ulong)ways;
    }

    private static IEnumerable<Type3Description> DevicesOf(HostBridgeDescription bridge) => bridge.RootPorts.SelectMany(port => DevicesOf(port.Child));

    private static IEnumerable<Type3Description> DevicesOf(PciChildDescription? child) => child switch
    {
        Type3Description device => [device],
        SwitchDescription fabric => fabric.Ports.SelectMany(port => DevicesOf(port.Child)),
        _ => [],
    };
}
