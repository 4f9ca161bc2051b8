using System.Numerics;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Where an address goes by the platform file's windows and the components' registers, level by level (CXL r3.1 8.2.4.20.13, 9.18.1.4).</summary>
internal static class HardwareWalk
{
    /// <summary>The device and its byte; null where the address leads nowhere.</summary>
    public static (string Device, ulong Dpa)? Of(FuzzMachine machine, ulong address)
    {
        WindowDescription? window = machine.Platform.Windows.FirstOrDefault(candidate => candidate.Range.Contains(new Core.Hpa(address)));
        if (window is null)
        {
            return null;
        }

        ulong hpa = Decoded(window, address);
        uint uid = window.Targets[(int)(hpa / (ulong)window.Granularity % (ulong)window.Targets.Count)];
        IReadOnlyList<FuzzWay> ways = [.. machine.Ways.Where(way => way.Bridge.Uid == uid)];
        for (int level = 0; ways.Count > 0; level++)
        {
            if (ways.Count == 1 && ways[0].Hops.Count == level)
            {
                return Byte(machine, ways[0].Device, hpa);
            }

            string unit = ways[0].Hops[level].Unit;
            if (machine.DecodersOf(unit) is not { } decoders)
            {
                // A bridge without decoders passes everything to its only port.
                ways = ways[0].Bridge.RootPorts.Count == 1 ? ways : [];
                continue;
            }

            if (decoders.FirstOrDefault(candidate => candidate.Claims(hpa)) is not { Ways: > 0 } decoder)
            {
                return null;
            }

            byte port = decoder.Target((int)(hpa / decoder.Granularity % (ulong)decoder.Ways));
            ways = [.. ways.Where(way => way.Hops.Count > level && way.Hops[level].Port == port)];
        }

        return null;
    }

    /// <summary>What decoders below a window see of what a CPU issues.</summary>
    public static ulong Decoded(WindowDescription window, ulong address)
    {
        foreach (ulong map in (window.XorMaps ?? []).Take(InterleaveFormula.XorMaps[window.Targets.Count]).Where(map => map != 0))
        {
            ulong lowest = map & (~map + 1);
            bool isOdd = BitOperations.PopCount(address & map) % 2 == 1;
            address = isOdd ? address | lowest : address & ~lowest;
        }

        return address;
    }

    private static (string Device, ulong Dpa)? Byte(FuzzMachine machine, Type3Description device, ulong hpa)
    {
        ulong start = 0;
        foreach (FuzzDecoder decoder in (machine.DecodersOf(device.Id) ?? []).Where(decoder => decoder.IsCommitted && decoder.Ways > 0))
        {
            start += decoder.Targets;
            if (decoder.Claims(hpa))
            {
                ulong chunk = (hpa - decoder.Base) / decoder.Granularity;
                ulong dpa = start + (chunk / (ulong)decoder.Ways * decoder.Granularity) + ((hpa - decoder.Base) % decoder.Granularity);
                return dpa < device.Volatile.Bytes + device.Persistent.Bytes ? (device.Id, dpa) : null;
            }

            start += decoder.Size / (ulong)decoder.Ways;
        }

        return null;
    }
}
