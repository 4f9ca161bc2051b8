using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What would let an endpoint decoder become a member of a region.</summary>
internal static class NearestMember
{
    /// <summary>The granularity that the device can do at the region's ways; null where the region has members already, or the window's granularity is not to be chosen.</summary>
    public static NearestChange? Interleave(CxlRegion region, CxlEndpointDecoder decoder, int position)
    {
        if (decoder.Port.Hdm is not { } hdm)
        {
            return new NearestChange($"use a device with HDM decoders in place of {decoder.Memdev.Name}");
        }

        if (region.Root.Ways > 1 || NearestInterleave.Granularity(region.Granularity, granularity => hdm.Supports(region.Ways, granularity)) is not { } granularity)
        {
            return new NearestChange($"use a region of fewer ways, or a smaller granularity than {region.Granularity}");
        }

        return region is { Resource: { } resource, TargetCount: 0, State: RegionState.InterleaveActive }
            ? new NearestChange(
                $"write {Decimal(granularity)} to {region.Name}/interleave_granularity, while it has no size",
                [
                    Of(region, "size", "0"), Of(region, "interleave_granularity", Decimal(granularity)),
                    Of(region, "size", resource.Range.Size.Bytes.ToString(CultureInfo.InvariantCulture)), Target(region, position, decoder),
                ])
            : new NearestChange($"use a granularity of {Decimal(granularity)}");
    }

    /// <summary>The mode of the region, where the device has room for a share in it.</summary>
    public static NearestChange? Mode(CxlRegion region, CxlEndpointDecoder decoder, int position)
    {
        string word = DecoderModes.Word(region.Mode);
        ByteSize share = Share(region);
        bool isFree = decoder is { Region: null, IsEnabled: false } && decoder.Id == decoder.Port.HdmEnd + (decoder.Dpa is null ? 1 : 0);
        return !isFree || share.IsZero || share > DpaAllocator.Room(decoder, region.Mode)
            ? new NearestChange($"use a decoder of mode {word}")
            : new NearestChange(
                $"write {word} to {decoder.Name}/mode first",
                [
                    .. NearestDpa.Write(decoder, ByteSize.Zero).Writes, AttributeWrite.Cxl(decoder.Name, "mode", word),
                    .. NearestDpa.Write(decoder, share).Writes, Target(region, position, decoder),
                ]);
    }

    /// <summary>A size for as much as this decoder has; null where it has nothing yet.</summary>
    public static NearestChange Size(CxlRegion region, CxlEndpointDecoder decoder, int position)
    {
        if (decoder.Dpa is not { } dpa || region.Ways == 0 || region.Granularity == 0)
        {
            return new NearestChange($"write {region.Name}/size first");
        }

        ByteSize size = dpa.Size * (ulong)region.Ways;
        NearestChange write = NearestChange.Write(region.Name, "size", size);
        return size > FreeRange.Largest(region.Root.Window, NearestRegion.Unit(region)) ? new NearestChange($"write {region.Name}/size first") : new NearestChange(write.Text + " first", [.. write.Writes, Target(region, position, decoder)]);
    }

    /// <summary>The share of one member, where the device has it.</summary>
    public static NearestChange? Dpa(CxlRegion region, CxlEndpointDecoder decoder, int position)
    {
        ByteSize share = Share(region);
        bool isFree = decoder is { Region: null, IsEnabled: false } && decoder.Id == decoder.Port.HdmEnd + (decoder.Dpa is null ? 1 : 0);
        if (!isFree || !share.IsMultipleOf(IdentifyMemoryDevice.CapacityUnit) || share > DpaAllocator.Room(decoder, decoder.Mode))
        {
            ByteSize room = isFree ? DpaAllocator.Room(decoder, decoder.Mode) : decoder.Dpa?.Size ?? ByteSize.Zero;
            return new NearestChange(room.IsZero ? $"use another device: {decoder.Memdev.Name} has nothing left" : $"make a region of {region.Ways} times {room}, which {decoder.Memdev.Name} has for its share");
        }

        NearestChange write = NearestDpa.Write(decoder, share);
        return new NearestChange(write.Text + " first", [.. write.Writes, Target(region, position, decoder)]);
    }

    /// <summary>A free position that the window leads to this decoder's host bridge.</summary>
    /// <param name="region">The region.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="bridge">Its host bridge.</param>
    public static NearestChange? Position(CxlRegion region, CxlEndpointDecoder decoder, CxlDport bridge)
    {
        int position = Enumerable.Range(0, region.Ways).FirstOrDefault(free => region.Targets[free] is null && region.Root.Targets[free % region.Root.Ways] == bridge, -1);
        if (position >= 0)
        {
            string bridges = string.Join(", ", region.Root.Targets.Select(target => Decimal(target.PortId)));
            return new NearestChange($"write {decoder.Name} to {region.Name}/target{Decimal(position)}: {region.Root.Name} has host bridges in the order {bridges}", [Target(region, position, decoder)]);
        }

        CxlPort root = region.Root.Port;
        if (region.Root.Targets.Contains(bridge))
        {
            return new NearestChange($"use a device below another host bridge of {region.Root.Name}: those positions of {bridge.PortId} are taken");
        }

        string[] windows = [.. root.Decoders.OfType<CxlRootDecoder>().Where(window => window.Targets.Contains(bridge)).Select(window => window.Name)];
        return new NearestChange(windows.Length == 0
            ? $"add a window that leads to host bridge {bridge.PortId}: {decoder.Memdev.Name} is below none"
            : $"use {decoder.Memdev.Name} in {string.Join(" or ", windows)}: {region.Root.Name} does not lead to it");
    }

    /// <summary>The order in which these members make a region; null where none does.</summary>
    public static NearestChange? Order(CxlRegion region)
    {
        CxlEndpointDecoder[] members = [.. region.Targets.Take(region.Ways).OfType<CxlEndpointDecoder>()];
        if (MemberOrder.Find(region.Root, [.. members.Select(member => member.Port)]) is not { } order)
        {
            return new NearestChange("use as many devices below each port of a level, a power of two of them");
        }

        CxlEndpointDecoder[] ordered = [.. order.Select(port => members.Single(member => member.Port == port))];
        return new NearestChange(
            $"use the order {string.Join(", ", ordered.Select(member => member.Memdev.Name))}",
            [.. ordered.Select((member, position) => Target(region, position, member))]) { IsForNewRegion = true };
    }

    public static AttributeWrite Target(CxlRegion region, int position, CxlEndpointDecoder decoder) => Of(region, "target" + Decimal(position), decoder.Name);

    private static ByteSize Share(CxlRegion region) => region is { Resource: { } resource, Ways: > 0 } ? resource.Range.Size / (ulong)region.Ways : ByteSize.Zero;

    private static AttributeWrite Of(CxlRegion region, string attribute, string value) => AttributeWrite.Cxl(region.Name, attribute, value);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
