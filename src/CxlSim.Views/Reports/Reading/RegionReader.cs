using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Reads regions, and asks the data path in which turns their addresses go to devices.</summary>
internal static class RegionReader
{
    public static IReadOnlyList<ReportRegion> Read(SimulatedMachine machine, LinuxKernel kernel)
    {
        Dictionary<string, string> names = machine.Devices.Select(device => (device.Id, machine.MemdevOf(device)?.Name))
            .Where(device => device.Name is not null).ToDictionary(device => device.Id, device => device.Name!);
        return [.. kernel.Cxl.Bus.Devices.OfType<CxlRegion>().OrderBy(region => region.Id).Select(region => Read(machine, region, names))];
    }

    private static ReportRegion Read(SimulatedMachine machine, CxlRegion region, Dictionary<string, string> names)
    {
        RegionMember[] members = [.. region.Targets.Index().Where(target => target.Item is not null).Select(target => new RegionMember(
            target.Index, target.Item!.Name, target.Item.Memdev.Name, target.Item.Dpa?.Start ?? Dpa.Zero, target.Item.Dpa?.Size ?? ByteSize.Zero))];
        AddressRange? decoded = region.Resource is null ? null : region.DecodedRange;
        bool isCommitted = region.State == RegionState.Commit;
        return new ReportRegion(
            region.Name, region.Resource?.Range, decoded, region.Ways, region.Granularity, DecoderModes.Word(region.Mode), isCommitted, region.Root.Name, members)
        {
            Turns = isCommitted && decoded is { } range && members.Length == region.Ways ? Turns(machine, range, region.Granularity, members, names) : null,
        };
    }

    /// <summary>Asked at the first turn, at the last, and at those between that differ from the first in one bit: XOR arithmetic, which does not go round, shows at one of them.</summary>
    private static int[]? Turns(SimulatedMachine machine, AddressRange range, int granularity, RegionMember[] members, Dictionary<string, string> names)
    {
        ByteSize piece = new((ulong)granularity);
        ulong turns = range.Size / (piece * (ulong)members.Length);
        IEnumerable<ulong> asked = [0, .. Enumerable.Range(0, 64).Select(bit => 1UL << bit).TakeWhile(turn => turn < turns), .. turns > 0 ? new[] { turns - 1 } : []];
        int[]? first = null;
        foreach (ulong turn in asked)
        {
            int[] found = [.. members.Select((_, index) => Find(machine, range.Start, piece, turn, members, index, names))];
            first ??= found;
            if (found.Contains(-1) || !found.SequenceEqual(first))
            {
                return null;
            }
        }

        return first;
    }

    /// <summary>The member that has a piece at the byte where it is due; −1 for none.</summary>
    private static int Find(SimulatedMachine machine, Hpa start, ByteSize piece, ulong turn, RegionMember[] members, int index, Dictionary<string, string> names)
    {
        Hpa address = start + (piece * ((turn * (ulong)members.Length) + (ulong)index));
        return machine.Resolve(address) is { } target && names.TryGetValue(target.Device, out string? memdev)
            ? Array.FindIndex(members, member => member.Memdev == memdev && target.Address == member.Start + (piece * turn))
            : -1;
    }
}
