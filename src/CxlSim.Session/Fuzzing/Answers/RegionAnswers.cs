using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Ways, granularity and size of a region (<c>interleave_ways_store</c> and its neighbours in <c>drivers/cxl/core/region.c</c>).</summary>
internal static class RegionAnswers
{
    private const ulong Unit = 0x1000_0000;

    public static FuzzAnswer Ways(CxlRegion region, int ways)
    {
        int ofWindow = region.Root.Ways;
        if (!InterleaveFormula.WaysCodes.ContainsKey(ways) || ways % ofWindow != 0 || !InterleaveFormula.IsPowerOfTwo(ways / ofWindow))
        {
            return Errno.EINVAL;
        }

        return region.State != RegionState.Idle ? Errno.EBUSY
            : new FuzzAnswer(Errno.Ok) { Missing = () => region.Ways == ways ? null : $"{region.Name} has {region.Ways} ways" };
    }

    public static FuzzAnswer Granularity(CxlRegion region, int granularity)
    {
        if (!InterleaveFormula.GranularityCodes.ContainsKey(granularity) || (region.Root.Ways > 1 && granularity != region.Root.Granularity))
        {
            return Errno.EINVAL;
        }

        return region.State != RegionState.Idle ? Errno.EBUSY
            : new FuzzAnswer(Errno.Ok) { Missing = () => region.Granularity == granularity ? null : $"{region.Name} has a granularity of {region.Granularity}" };
    }

    public static FuzzAnswer? Size(FuzzMachine machine, CxlRegion region, ulong size)
    {
        if (size == 0)
        {
            return region.Resource is not null && region.State >= RegionState.Active ? Errno.EBUSY
                : new FuzzAnswer(Errno.Ok) { Missing = () => region.Resource is null && region.State == RegionState.Idle ? null : $"{region.Name} keeps {region.Resource}, state {region.State}" };
        }

        if (region.Resource is { } taken)
        {
            return taken.Range.Size.Bytes == size ? Errno.Ok : Errno.EBUSY;
        }

        bool hasNoUuid = region.Mode == DecoderMode.Pmem && machine.Show($"/sys/bus/cxl/devices/{region.Name}/uuid").Trim('0', '-').Length == 0;
        if (region.Ways == 0 || region.Granularity == 0 || hasNoUuid)
        {
            return Errno.ENXIO;
        }

        if (size % (Unit * (ulong)region.Ways) != 0)
        {
            return Errno.EINVAL;
        }

        if (region.Root.Window is null)
        {
            return null;
        }

        ulong? start = FirstFree(machine, region.Root, size);
        return start is null ? Errno.ERANGE : new FuzzAnswer(Errno.Ok)
        {
            Missing = () => region.State == RegionState.InterleaveActive && region.Resource?.Range.Start.Value == start ? null : $"{region.Name} is at {region.Resource?.Range}, state {region.State}; the first room is at 0x{start:x}",
        };
    }

    /// <summary>The lowest 256 MiB boundary in the window with room, by the lines of /proc/iomem; a window behind the CPU's addresses has none, and regions all the same.</summary>
    private static ulong? FirstFree(FuzzMachine machine, CxlRootDecoder window, ulong size)
    {
        ulong first = window.Window!.Range.Start.Value;
        ulong last = window.Window.Range.Last.Value;
        (ulong First, ulong Last)[] taken =
        [
            .. machine.Iomem().Where(line => line.Name != window.Window.Name && line.First >= first && line.Last <= last).Select(line => (line.First, line.Last)),
            .. machine.Regions.Where(region => region.Resource is not null).Select(region => (region.Resource!.Range.Start.Value, region.Resource.Range.Last.Value)),
        ];
        for (ulong start = (first + Unit - 1) / Unit * Unit; start <= last && last - start + 1 >= size; start += Unit)
        {
            if (!Array.Exists(taken, line => line.First < start + size && line.Last >= start))
            {
                return start;
            }
        }

        return null;
    }
}
