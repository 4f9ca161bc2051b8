using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What of a device no region has, and whether one could have it.</summary>
internal static class IdleDevice
{
    /// <summary>What regions could still have below a host bridge, all devices together: a reservation that no committed region has can be let go.</summary>
    public static ByteSize Below(LinuxKernel kernel, CxlDport bridge, DecoderMode mode) => kernel.Cxl.Bus.Devices.OfType<CxlMemdev>()
        .Where(memdev => memdev.Endpoint is not null && BridgeOf(memdev) == bridge && Obstacle(memdev, mode) is null)
        .Aggregate(ByteSize.Zero, (sum, memdev) => sum + Left(memdev, mode, decoder => decoder.ListedIn is { State: RegionState.Commit }));

    /// <summary>What no decoder holds of one kind of its memory.</summary>
    public static ByteSize Left(CxlMemdev memdev, DecoderMode mode) => Left(memdev, mode, _ => true);

    private static ByteSize Left(CxlMemdev memdev, DecoderMode mode, Func<CxlEndpointDecoder, bool> counts)
    {
        // By address: another mode of a decoder leaves what it holds where it is.
        IEnumerable<DpaAllocation> held = memdev.Endpoint!.Decoders.OfType<CxlEndpointDecoder>().Where(counts).Select(decoder => decoder.Dpa).OfType<DpaAllocation>();
        ByteSize used = held.Where(dpa => memdev.Partitions.ModeAt(dpa.Start) == mode).Aggregate(ByteSize.Zero, (sum, dpa) => sum + dpa.Size);
        return used < memdev.Partitions.Of(mode) ? memdev.Partitions.Of(mode) - used : ByteSize.Zero;
    }

    /// <summary>The host bridge that it is below.</summary>
    public static CxlDport BridgeOf(CxlMemdev memdev) => memdev.Endpoint!.UpToRoot().Last().ParentDport!;

    /// <summary>What keeps a further region from the device, whatever the windows have.</summary>
    public static (string Why, KernelRule Rule)? Obstacle(CxlMemdev memdev, DecoderMode mode)
    {
        CxlPort endpoint = memdev.Endpoint!;
        CxlEndpointDecoder[] decoders = [.. endpoint.Decoders.OfType<CxlEndpointDecoder>()];
        if (mode == DecoderMode.Ram && Array.Find(decoders, decoder => decoder.Dpa is { } dpa && memdev.Partitions.ModeAt(dpa.Start) == DecoderMode.Pmem) is { } persistent)
        {
            return ($"{persistent.Name} holds persistent capacity behind it, and capacity is taken in ascending order", RefusalRules.DpaRoom);
        }

        if (endpoint.HdmEnd >= decoders.Length - 1)
        {
            return (decoders.Length == 0 ? $"{endpoint.Name} has no decoder" : $"all {decoders.Length} decoders of {endpoint.Name} hold capacity", RefusalRules.DpaOrder);
        }

        foreach (CxlPort port in endpoint.UpToRoot().Skip(1))
        {
            CxlSwitchDecoder? next = port.Decoders.OfType<CxlSwitchDecoder>().FirstOrDefault(decoder => decoder.Id == port.CommitEnd + 1);
            if (next is null || next is { IsPassthrough: true, Region: not null })
            {
                string holder = next?.Region is { } region ? $"{region.Name} has its only one" : $"all {port.Decoders.Count} are committed";
                return ($"{port.Name} has no decoder for another region: {holder}", RefusalRules.PortDecoder);
            }
        }

        return null;
    }
}
