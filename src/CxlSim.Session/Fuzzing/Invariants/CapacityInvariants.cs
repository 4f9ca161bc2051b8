using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Who has which bytes of a device (<c>__cxl_dpa_reserve</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
internal static class CapacityInvariants
{
    /// <summary>A byte belongs to one decoder or is left out by one; a kind of memory lies in its partition; decoders take in turn.</summary>
    public static string? TakenTwice(FuzzMachine machine)
    {
        foreach (IGrouping<CxlMemdev, CxlEndpointDecoder> device in machine.EndpointDecoders.Where(decoder => decoder.Dpa is not null).GroupBy(decoder => decoder.Memdev))
        {
            if (machine.WayOf(device.Key)?.Device is { } description && TakenTwice(machine, [.. device.OrderBy(decoder => decoder.Id)], description) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    /// <summary>What a decoder leaves out: the first persistent one what is left of the volatile partition, the others nothing.</summary>
    public static ulong Skip(FuzzMachine machine, CxlEndpointDecoder decoder, Type3Description device)
    {
        CxlEndpointDecoder[] before = [.. machine.EndpointDecoders.Where(other => other.Memdev == decoder.Memdev && other.Id < decoder.Id && other.Dpa is not null)];
        ulong border = device.Volatile.Bytes;
        bool isFirst = decoder.Dpa!.Start.Value >= border && before.All(other => other.Dpa!.Start.Value < border);
        return isFirst ? border - before.Select(other => other.Dpa!.Start.Value + other.Dpa.Size.Bytes).Append(0UL).Max() : 0;
    }

    private static string? TakenTwice(FuzzMachine machine, CxlEndpointDecoder[] decoders, Type3Description device)
    {
        ulong end = 0;
        for (int i = 0; i < decoders.Length; i++)
        {
            DpaAllocation dpa = decoders[i].Dpa!;
            ulong start = dpa.Start.Value;
            ulong border = device.Volatile.Bytes;
            ulong last = start >= border ? border + device.Persistent.Bytes : border; // the mode may be another since: setting it frees nothing
            ulong skip = Skip(machine, decoders[i], device);
            if (decoders[i].Id != i || start != end + skip || dpa.Skip.Bytes != skip || start + dpa.Size.Bytes > last)
            {
                return $"{decoders[i].Name} of {device.Id} ({decoders[i].Mode}) has {dpa}; those before it reach to 0x{end:x}, its partition to 0x{last:x}, and 0x{skip:x} are to be left out";
            }

            end = start + dpa.Size.Bytes;
        }

        return null;
    }
}
