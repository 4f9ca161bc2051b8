using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>Turns each window into one region over all volatile capacity below its targets, as a BIOS does that sets CXL memory up for the OS.</summary>
/// <remarks>Every port on the way gets a decoder whose granularity counts what the levels above already spread (CXL r3.1 9.13.1).</remarks>
public sealed class RegionProgrammer(IHostBus bus, PlatformDescription platform, DecoderProgrammer decoders, IReadOnlyDictionary<uint, List<FoundFunction>> functionsByUid)
{
    /// <summary>HDM decoders count in it (CXL r3.1 8.2.4.20).</summary>
    private static readonly ByteSize Unit = ByteSize.MiB(256);

    /// <summary>What windows have taken of each device below a bridge.</summary>
    private readonly Dictionary<uint, ByteSize> _taken = [];

    /// <returns>The part of the window that decodes now, or null: nothing below, no room for volatile memory, or a shape that firmware does not set up.</returns>
    public async SimTask<AddressRange?> ProgramAsync(WindowDescription window)
    {
        List<ProgramStep> steps = [];
        if ((window.Restrictions & CedtCfmws.RestrictVolatile) == 0 || !TryPlan(window, steps, out int ways) || SizeOf(window, ways) is not { IsZero: false } size)
        {
            return null;
        }

        // Counted before it is certain: a decoder that refuses leaves others committed, and these hold what they have.
        foreach (uint uid in window.Targets)
        {
            _taken[uid] = TakenBelow(uid) + (size / (ulong)ways);
        }

        AddressRange range = AddressRange.Of(window.Range.Start, size);
        foreach (ProgramStep step in steps)
        {
            if (!await decoders.ProgramAsync(step.Component, range, step.Ways, step.Granularity, step.Targets))
            {
                return null;
            }

            if (step.Device is { } device)
            {
                DeviceDvsec.Find(bus, device)?.EnableMem();
            }
        }

        return range;
    }

    /// <summary>The whole shape is looked at before the first decoder is touched: a locked decoder cannot be taken back.</summary>
    /// <remarks>Devices come first, then what leads to them, so that nothing is forwarded to a device that does not answer yet.</remarks>
    private bool TryPlan(WindowDescription window, List<ProgramStep> steps, out int ways)
    {
        List<FoundFunction> devices = [.. window.Targets.SelectMany(uid => functionsByUid.TryGetValue(uid, out List<FoundFunction>? found) ? PathsTo(found) : [])];
        ways = devices.Count;
        if (!Interleave.TryEncodeWays(ways, out _) || devices.Distinct().Count() != ways || devices.Exists(device => device.ComponentBar is null))
        {
            return false;
        }

        foreach (FoundFunction device in devices)
        {
            steps.Add(new ProgramStep(device.ComponentBar!.Address, ways, window.Granularity, 0, device.Address));
        }

        // An even spread needs the same number of devices below every target.
        int perTarget = ways / window.Targets.Count;
        foreach (uint uid in window.Targets)
        {
            HostBridgeDescription? bridge = platform.HostBridges.FirstOrDefault(description => description.Cxl is not null && description.Uid == uid);
            int granularity = window.Granularity * PowerOfTwoOf(window.Targets.Count);
            if (bridge is null || PlanPort(bridge.Cxl!.ComponentRegisters, functionsByUid[uid], granularity, steps) != perTarget)
            {
                return false;
            }
        }

        return perTarget * window.Targets.Count == ways;
    }

    /// <returns>How many devices share what goes through the port; 0 for a shape that decoders cannot express.</returns>
    private int PlanPort(Hpa component, List<FoundFunction> downstream, int granularity, List<ProgramStep> steps)
    {
        List<FoundFunction> used = [.. downstream.Where(port => port.IsBridge && PathsTo([port]).Count > 0)];
        bool isPassthrough = !decoders.HasDecoders(component);
        if (isPassthrough ? used.Count != 1 : !IsLegal(used.Count, granularity))
        {
            return 0;
        }

        int[] below = [.. used.Select(port => PlanBelow(port.Children[0], granularity * PowerOfTwoOf(used.Count), steps))];
        if (below.Distinct().Count() != 1)
        {
            return 0;
        }

        ulong targets = 0;
        for (int position = 0; position < used.Count; position++)
        {
            targets |= (ulong)used[position].PortNumber << (8 * position);
        }

        if (!isPassthrough)
        {
            steps.Add(new ProgramStep(component, used.Count, granularity, targets));
        }

        return below[0] * used.Count;
    }

    private int PlanBelow(FoundFunction child, int granularity, List<ProgramStep> steps) =>
        !child.IsBridge ? 1
        : child.ComponentBar is null ? 0
        : PlanPort(child.ComponentBar.Address, child.Children, granularity, steps);

    /// <summary>A target list has room for eight.</summary>
    private static bool IsLegal(int ways, int granularity) =>
        ways <= sizeof(ulong) && Interleave.TryEncodeWays(ways, out _) && Interleave.TryEncodeGranularity(granularity, out _);

    /// <summary>What a level takes from the address bits for those below; a factor of three is a remainder and takes none.</summary>
    private static int PowerOfTwoOf(int ways) => ways % 3 == 0 ? ways / 3 : ways;

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

    /// <summary>Equal shares in units that decoders count in; windows before may have taken capacity of the same devices.</summary>
    private ByteSize SizeOf(WindowDescription window, int ways)
    {
        ByteSize share = window.Range.Size / (ulong)ways;
        foreach (HostBridgeDescription bridge in platform.HostBridges.Where(bridge => bridge.Cxl is not null && window.Targets.Contains(bridge.Uid)))
        {
            ByteSize smallest = DevicesOf(bridge).Min(device => device.Volatile);
            ByteSize left = smallest > TakenBelow(bridge.Uid) ? smallest - TakenBelow(bridge.Uid) : ByteSize.Zero;
            share = left < share ? left : share;
        }

        return Unit * (share / Unit) * (ulong)ways;
    }

    private ByteSize TakenBelow(uint uid) => _taken.GetValueOrDefault(uid);

    private static IEnumerable<Type3Description> DevicesOf(HostBridgeDescription bridge) => bridge.RootPorts.SelectMany(port => DevicesOf(port.Child));

    private static IEnumerable<Type3Description> DevicesOf(PciChildDescription? child) => child switch
    {
        Type3Description device => [device],
        SwitchDescription fabric => fabric.Ports.SelectMany(port => DevicesOf(port.Child)),
        _ => [],
    };

    /// <summary>One decoder to program, over the region's range; a device's has the device, which CXL.mem is switched on for.</summary>
    private readonly record struct ProgramStep(Hpa Component, int Ways, int Granularity, ulong Targets, Bdf? Device = null);
}
