using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What would let a write to mode or dpa_size of an endpoint decoder pass.</summary>
internal static class NearestDpa
{
    private static readonly ByteSize Unit = IdentifyMemoryDevice.CapacityUnit;

    /// <summary>A mode that the device has capacity of; null where it has none, or the decoder is in use.</summary>
    public static NearestChange? Mode(CxlEndpointDecoder decoder) =>
        Available(decoder) is { } mode && !decoder.IsEnabled ? NearestChange.Write(decoder.Name, "mode", DecoderModes.Word(mode)) : null;

    /// <summary>The decoder leaves hardware first; null where its region is not known.</summary>
    public static NearestChange? ModeAfterReset(CxlEndpointDecoder decoder, DecoderMode mode) => decoder switch
    {
        { Region: null } => null,
        _ when decoder.IsLocked || decoder.Memdev.Partitions.Of(mode).IsZero => new NearestChange($"use another decoder than {decoder.Name}"),
        _ => new NearestChange(
            $"write 0 to {decoder.Region.Name}/commit first",
            [AttributeWrite.Cxl(decoder.Region.Name, "commit", "0"), AttributeWrite.Cxl(decoder.Name, "mode", DecoderModes.Word(mode))]),
    };

    /// <summary>The nearest size that a decoder could take now; null where it could take none.</summary>
    public static NearestChange? Size(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        ByteSize room = MayChange(decoder) ? DpaAllocator.Room(decoder, decoder.Mode) : ByteSize.Zero;
        ulong nearest = (wanted.Bytes / Unit.Bytes) + (wanted.Bytes % Unit.Bytes > Unit.Bytes / 2 ? 1UL : 0);
        return room < Unit ? null : Write(decoder, Unit * Math.Min(Math.Max(nearest, 1), room / Unit));
    }

    /// <summary>What holds the capacity that is missing.</summary>
    public static NearestChange? Room(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        if (Size(decoder, wanted) is { } less)
        {
            return less;
        }

        CxlEndpointDecoder? holder = decoder.Port.Decoders.OfType<CxlEndpointDecoder>().LastOrDefault(other => other != decoder && other.Dpa is not null);
        return holder is null ? null : new NearestChange(holder.Region is { } region ? $"delete {region.Name} and write 0 to {holder.Name}/dpa_size first" : $"write 0 to {holder.Name}/dpa_size first");
    }

    /// <summary>A mode with room for the size, and then the size; null where no partition has it.</summary>
    public static NearestChange? WithMode(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        DecoderMode mode = new[] { DecoderMode.Ram, DecoderMode.Pmem }.FirstOrDefault(candidate => DpaAllocator.Room(decoder, candidate) >= wanted);
        return mode == DecoderMode.None || decoder.Id != decoder.Port.HdmEnd + 1
            ? null
            : new NearestChange(
                $"write {DecoderModes.Word(mode)} to {decoder.Name}/mode first",
                [AttributeWrite.Cxl(decoder.Name, "mode", DecoderModes.Word(mode)), .. Write(decoder, wanted).Writes]);
    }

    /// <summary>Those above give theirs back first, the highest before the others.</summary>
    public static NearestChange FreeFirst(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        CxlEndpointDecoder[] above = [.. decoder.Port.Decoders.OfType<CxlEndpointDecoder>().Where(other => other.Id > decoder.Id && other.Dpa is not null).Reverse()];
        string text = $"write 0 to {string.Join(", then ", above.Select(other => other.Name + "/dpa_size"))} first";
        if (Array.Find(above, other => other.Region is not null || other.IsEnabled) is { } held)
        {
            return new NearestChange($"{text}; {held.Name} belongs to {held.Region?.Name ?? "firmware"}");
        }

        bool fits = wanted <= decoder.Dpa!.Size;
        return new NearestChange(text, fits ? [.. above.SelectMany(other => Write(other, ByteSize.Zero).Writes), .. Write(decoder, wanted).Writes] : []);
    }

    /// <summary>The member leaves its region first.</summary>
    public static NearestChange Detached(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        string target = string.Create(CultureInfo.InvariantCulture, $"target{decoder.Position}");
        bool passes = !decoder.IsLocked && decoder.Id == decoder.Port.HdmEnd && wanted <= DpaAllocator.Room(decoder, decoder.Mode);
        return new NearestChange(
            $"write nothing to {decoder.Region!.Name}/{target} first",
            passes ? [AttributeWrite.Cxl(decoder.Region.Name, target, string.Empty), .. Write(decoder, wanted).Writes] : []);
    }

    /// <summary>The decoder whose turn it is, in place of this one; null where there is none.</summary>
    public static NearestChange? InTurn(CxlEndpointDecoder decoder, ByteSize wanted)
    {
        if (decoder.Port.Decoders.OfType<CxlEndpointDecoder>().FirstOrDefault(other => other.Id == decoder.Port.HdmEnd + 1) is not { } next)
        {
            return null;
        }

        return new NearestChange(
            $"use {next.Name}, or give it its capacity first",
            [AttributeWrite.Cxl(next.Name, "mode", DecoderModes.Word(decoder.Mode)), .. Write(next, wanted).Writes]);
    }

    public static NearestChange Write(CxlEndpointDecoder decoder, ByteSize size) =>
        NearestChange.Write(decoder.Name, "dpa_size", size);

    private static bool MayChange(CxlEndpointDecoder decoder) =>
        decoder is { Region: null, IsEnabled: false } && decoder.Id == decoder.Port.HdmEnd + (decoder.Dpa is null ? 1 : 0);

    private static DecoderMode? Available(CxlEndpointDecoder decoder) => decoder.Memdev.Partitions switch
    {
        { Ram.IsZero: false } => DecoderMode.Ram,
        { Pmem.IsZero: false } => DecoderMode.Pmem,
        _ => null,
    };
}
