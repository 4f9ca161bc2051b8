using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Windows: which ones the kernel takes, and what is said of those and of devices that it cannot use.</summary>
internal static class WindowInvariants
{
    /// <summary>The kernel has the windows that Linux takes, with their ways, granularity and targets, and no other.</summary>
    public static string? Misread(FuzzMachine machine)
    {
        if (!machine.Windows.Any() && machine.Kernel.Cxl.Root is null)
        {
            return null; // without a driver there are no windows
        }

        foreach (WindowDescription window in machine.Platform.Windows)
        {
            CxlRootDecoder? found = machine.Windows.FirstOrDefault(decoder => decoder.Range == window.Range);
            bool isTaken = WindowFormula.IsTaken(machine.Platform, window);
            int ways = window.EncodedWays is { } code ? InterleaveFormula.WaysCodes.FirstOrDefault(pair => pair.Value == code).Key : window.Targets.Count;
            bool isRead = found is null || (found.Ways == ways && found.Granularity == (ways == 1 ? 256 : window.Granularity)
                && found.Targets.Select(target => (uint)target.PortId).SequenceEqual(window.Targets.Take(ways)) && found.Restrictions == window.Restrictions);
            if (isTaken != found is not null || !isRead)
            {
                return $"the window at {window.Range} is {(isTaken ? "one that Linux takes" : "none that Linux takes")}; found {(found is null ? "none" : $"{found.Name}, {found.Ways} ways of {found.Granularity} over {string.Join(", ", found.Targets.Select(target => target.PortId))}")}";
            }
        }

        return null;
    }

    /// <summary>Of a window that is refused, and of capacity that no window has room for, a check warns.</summary>
    public static string? Unwarned(FuzzMachine machine)
    {
        bool hasWarning = machine.Case.Warnings.Count > 0 || PlatformCheck.Of(machine.Machine).Any();
        if (hasWarning)
        {
            return null;
        }

        foreach (IGrouping<uint, FuzzWay> bridge in machine.Ways.GroupBy(way => way.Bridge.Uid))
        {
            ulong capacity = bridge.Aggregate(0UL, (sum, way) => sum + way.Device.Volatile.Bytes + way.Device.Persistent.Bytes);
            ulong room = machine.Platform.Windows.Aggregate(0UL, (sum, window) => sum + (window.Range.Size.Bytes / (ulong)window.Targets.Count * (ulong)window.Targets.Count(uid => uid == bridge.Key)));
            if (capacity > room)
            {
                return $"the devices below host bridge {bridge.Key} have {new ByteSize(capacity)}, its windows room for {new ByteSize(room)}, and no check warns of it";
            }
        }

        return machine.Platform.Windows.Where(window => !WindowFormula.IsTaken(machine.Platform, window)).Select(window => $"no check warns of the window at {window.Range}").FirstOrDefault();
    }
}
