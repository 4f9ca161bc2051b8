using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>What would let a port serve a region.</summary>
internal static class NearestPort
{
    /// <summary>Who has the decoder that would be next, or keeps its turn from coming.</summary>
    /// <returns>The change, and who stands in the way: a region or a decoder.</returns>
    public static (NearestChange Nearest, string Holder) Decoder(CxlPort port, CxlRegion region, AttributeWrite attempt)
    {
        CxlSwitchDecoder[] decoders = [.. port.Decoders.OfType<CxlSwitchDecoder>()];
        CxlSwitchDecoder? next = Array.Find(decoders, decoder => decoder.Id == port.CommitEnd + 1);
        if (next?.Region is { } holder)
        {
            if (next.IsPassthrough)
            {
                return (new NearestChange($"delete {holder.Name} first: a port without HDM decoders serves one region"), holder.Name);
            }

            return holder.State == RegionState.Active
                ? (new NearestChange($"write 1 to {holder.Name}/commit first", [AttributeWrite.Cxl(holder.Name, "commit", "1"), attempt]), holder.Name)
                : (new NearestChange($"complete and commit {holder.Name}, or delete it"), holder.Name);
        }

        if (next is null)
        {
            return (new NearestChange($"delete a region that uses {port.Name}: all its {decoders.Length} decoders are committed"), port.Regions.LastOrDefault(other => other.Region != region)?.Region.Name ?? port.Name);
        }

        CxlSwitchDecoder? last = decoders.LastOrDefault(decoder => decoder.Id < next.Id && decoder.IsEnabled);
        string above = last?.Region?.Name ?? last?.Name ?? port.Name;
        return (
            last?.Region is { } committed ? new NearestChange($"write 0 to {above}/commit first", [AttributeWrite.Cxl(committed.Name, "commit", "0"), attempt]) : new NearestChange($"reset {above} first"),
            above);
    }

    /// <summary>A decoder of the same device that belongs to nobody; null where it has none.</summary>
    public static NearestChange? FreeDecoder(CxlEndpointDecoder taken) =>
        taken.Port.Decoders.OfType<CxlEndpointDecoder>().FirstOrDefault(decoder => decoder is { Region: null, IsEnabled: false }) is { } free
            ? new NearestChange(free.Dpa is null ? $"use {free.Name}, after it has mode and dpa_size" : $"use {free.Name}")
            : new NearestChange($"delete a region of {taken.Memdev.Name}: it has no decoder left");

    /// <summary>The granularity with which each level on the way has a legal one that its hardware can do.</summary>
    /// <param name="region">The region.</param>
    /// <param name="levels">What a port's granularity is, in units of the region's.</param>
    /// <param name="fits">Whether a port can do a granularity.</param>
    public static NearestChange Granularity(CxlRegion region, int levels, Func<int, bool> fits)
    {
        if (NearestInterleave.Granularity(region.Granularity, granularity => fits(granularity * levels)) is not { } granularity)
        {
            return new NearestChange("use fewer devices below this port");
        }

        string value = granularity.ToString(CultureInfo.InvariantCulture);
        return region.Root.Ways > 1
            ? new NearestChange($"use a window with a granularity of {value}")
            : new NearestChange($"write {value} to interleave_granularity of a new region", [AttributeWrite.Cxl(region.Name, "interleave_granularity", value)]) { IsForNewRegion = true };
    }

    /// <summary>Why a decoder is not next, and what would make it so.</summary>
    public static NearestChange Commit(CxlDecoder decoder)
    {
        CxlPort port = decoder.Port;
        CxlRegion? region = RegionOf(decoder);
        if (decoder.Id <= port.CommitEnd && !port.Decoders[port.CommitEnd].IsEnabled)
        {
            string again = decoder is CxlEndpointDecoder { Memdev: var memdev } ? $"unbind {memdev.Name} from cxl_mem and bind it again" : $"unbind {port.Name} from cxl_port and bind it again";
            return new NearestChange($"{again}: the port counts a commit of {port.Decoders[port.CommitEnd].Name} that failed");
        }

        if (decoder.Id <= port.CommitEnd)
        {
            CxlRegion? above = RegionOf(port.Decoders[port.CommitEnd]);
            return above is null || region is null
                ? new NearestChange($"reset {port.Decoders[port.CommitEnd].Name} first")
                : new NearestChange($"write 0 to {above.Name}/commit first", [AttributeWrite.Cxl(above.Name, "commit", "0"), AttributeWrite.Cxl(region.Name, "commit", "1")]);
        }

        CxlDecoder lower = port.Decoders[port.CommitEnd + 1];
        return RegionOf(lower) is { State: RegionState.Active } below && region is not null && below != region
            ? new NearestChange($"write 1 to {below.Name}/commit first", [AttributeWrite.Cxl(below.Name, "commit", "1"), AttributeWrite.Cxl(region.Name, "commit", "1")])
            : new NearestChange($"use {lower.Name} in place of {decoder.Name}, or commit it first");
    }

    private static CxlRegion? RegionOf(CxlDecoder decoder) => decoder switch
    {
        CxlEndpointDecoder endpoint => endpoint.Region,
        CxlSwitchDecoder link => link.Region,
        _ => null,
    };
}
