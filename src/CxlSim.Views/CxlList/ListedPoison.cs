using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -L</c> does: has the kernel read a device's poison list, and takes the records from a trace buffer of its own.</summary>
internal sealed class ListedPoison(LinuxKernel kernel, ListedMachine machine)
{
    private const string Buffer = "cxl list";

    private static readonly string[] Sources = ["Unknown", "External", "Internal", "Injected", "Reserved", "Reserved", "Reserved", "Vendor Specific"];

    /// <summary>In the order in which the tool names them.</summary>
    private static readonly (int Flag, string Name)[] Flags = [(PoisonList.FlagMore, "More,"), (PoisonList.FlagScanning, "Scanning,"), (PoisonList.FlagOverflow, "Overflow,")];

    /// <summary>Null where there are none, or the device knows no poison.</summary>
    public async SimTask<List<object>?> ListAsync(ListedMemdev memdev, ListedNumbers numbers) =>
        await RecordAsync([memdev]) is { } entries ? Describe(entries, entry => entry.Number("dpa"), numbers) : null;

    /// <summary>The same for the members of a region; offsets count from its start.</summary>
    public async SimTask<List<object>?> ListAsync(ListedRegion region, ListedNumbers numbers)
    {
        ListedMemdev[] members = [.. machine.MembersOf(region).Select(member => machine.MemdevOf(member.Endpoint)).OfType<ListedMemdev>()];
        return await RecordAsync(members) is { } entries
            ? Describe(entries.Where(entry => entry.String("region") == region.Name), Offset, numbers)
            : null;

        ulong? Offset(TraceEntry entry) => entry.Number("hpa") is var address && address == ulong.MaxValue ? null : unchecked(address - region.Start);
    }

    private async SimTask<List<TraceEntry>?> RecordAsync(IReadOnlyList<ListedMemdev> memdevs)
    {
        TraceEvent poison = kernel.Tracing.Events.Single(kind => kind.Name == "cxl_poison");
        kernel.Tracing.Create(Buffer); // where somebody has it already, it is used
        TraceInstance buffer = kernel.Tracing.Instances[Buffer];
        buffer.Enabled.Add(poison);
        bool isDone = await TriggerAsync(memdevs);
        kernel.Tracing.Remove(Buffer);
        List<TraceEntry> entries = [];
        while (buffer.Take() is { } entry)
        {
            entries.Add(entry);
        }

        return isDone ? entries : null;
    }

    private async SimTask<bool> TriggerAsync(IReadOnlyList<ListedMemdev> memdevs)
    {
        foreach (ListedMemdev memdev in memdevs)
        {
            string path = $"{memdev.Path}/trigger_poison_list";
            if (!machine.Files.Exists(path))
            {
                machine.Complain("cxl_memdev_trigger_poison_list", $"{memdev.Name}: trigger_poison_list unsupported by device");
                return false;
            }

            if (await kernel.Sysfs.WriteAsync(path, "1\n") != Errno.Ok)
            {
                machine.Complain("cxl_memdev_trigger_poison_list", $"{memdev.Name}: Failed trigger_poison_list");
                return false;
            }
        }

        return true;
    }

    private static List<object>? Describe(IEnumerable<TraceEntry> entries, Func<TraceEntry, ulong?> offset, ListedNumbers numbers)
    {
        List<object> errors = [.. entries.Select(entry => Describe(entry, offset(entry), numbers))];
        return errors.Count > 0 ? errors : null;
    }

    private static JsonMap Describe(TraceEntry entry, ulong? offset, ListedNumbers numbers)
    {
        ulong flags = entry.Number("flags");
        ulong source = entry.Number("source");
        string names = string.Concat(Flags.Where(flag => (flags & (uint)flag.Flag) != 0).Select(flag => flag.Name));
        return new JsonMap()
            .Add("offset", offset is { } at ? numbers.Hex(at) : null)
            .Add("length", numbers.Size(entry.Number("dpa_length")))
            .Add("source", source < (ulong)Sources.Length ? Sources[source] : "Reserved")
            .Add("flags", flags is 0 or byte.MaxValue ? null : names)
            .Add("overflow_t", (flags & PoisonList.FlagOverflow) != 0 && flags != byte.MaxValue ? numbers.Hex(entry.Number("overflow_ts")) : null);
    }
}
