using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>How writes have to end by the rules of Linux, worked out from what the machine shows before them.</summary>
internal static class FuzzAnswers
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private const string Blocks = "/sys/devices/system/memory/";

    /// <summary>Null for a write of which no rule is known here.</summary>
    public static FuzzAnswer? Of(FuzzMachine machine, WriteStep write)
    {
        bool isBlock = write.Path.StartsWith(Blocks, StringComparison.Ordinal);
        string[] parts = (isBlock ? write.Path[Blocks.Length..] : write.Path.StartsWith(Devices, StringComparison.Ordinal) ? write.Path[Devices.Length..] : string.Empty).Split('/');
        if (parts.Length != 2)
        {
            return null;
        }

        if (isBlock)
        {
            return machine.Kernel.Memory.Blocks.FirstOrDefault(block => block.Name == parts[0]) is { } block && parts[1] == "state" ? BlockAnswers.State(machine, block, write.Value) : null;
        }

        return machine.Kernel.Cxl.Bus.Find(parts[0]) switch
        {
            CxlRegion region => OfRegion(machine, region, parts[1], write.Value),
            CxlEndpointDecoder { Port.IsDead: false } decoder when machine.WayOf(decoder.Memdev) is { } way => OfDecoder(machine, decoder, way.Device, parts[1], write.Value),
            _ => null,
        };
    }

    private static FuzzAnswer? OfRegion(FuzzMachine machine, CxlRegion region, string attribute, string value)
    {
        if (attribute.StartsWith("target", StringComparison.Ordinal) && int.TryParse(attribute["target".Length..], CultureInfo.InvariantCulture, out int position))
        {
            return TargetAnswers.Target(machine, region, position, value);
        }

        if (!ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) || number > long.MaxValue)
        {
            return null;
        }

        return attribute switch
        {
            "interleave_ways" when number <= int.MaxValue => RegionAnswers.Ways(region, (int)number),
            "interleave_granularity" when number <= int.MaxValue => RegionAnswers.Granularity(region, (int)number),
            "size" => RegionAnswers.Size(machine, region, number),
            "commit" when number <= 1 => CommitAnswers.Commit(machine, region, number == 1),
            _ => null,
        };
    }

    private static FuzzAnswer? OfDecoder(FuzzMachine machine, CxlEndpointDecoder decoder, Type3Description device, string attribute, string value) => attribute switch
    {
        "mode" => CapacityAnswers.Mode(machine, decoder, device, value),
        "dpa_size" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong size) => CapacityAnswers.Size(machine, decoder, device, size),
        _ => null,
    };
}
