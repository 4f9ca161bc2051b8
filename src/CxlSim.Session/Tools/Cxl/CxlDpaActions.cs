using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>How the tool cxl gives capacity to an endpoint decoder and takes it away (ndctl v81, cxl/memdev.c).</summary>
/// <param name="sysfs">Its reads and writes.</param>
/// <param name="memdev">The device.</param>
internal sealed class CxlDpaActions(ToolSysfs sysfs, CxlMemdev memdev)
{
    /// <summary>The type is set first where the decoder has another. A decoder that is freed keeps its type.</summary>
    public Errno Change(CxlStep step)
    {
        DecoderMode mode = DecoderModes.Parse(step.Type ?? "ram");
        if (memdev.Endpoint is not { } endpoint)
        {
            return sysfs.Refuse(RefusalRules.ToolNoEndpoint, Errno.ENXIO, memdev.Name, "CXL operation disabled", "enable the device first");
        }

        CxlEndpointDecoder[] decoders = [.. endpoint.Decoders.OfType<CxlEndpointDecoder>()];
        ByteSize free = decoders.Where(decoder => decoder.Mode == mode).Aggregate(memdev.Partitions.Of(mode), (left, decoder) => left - (decoder.Dpa?.Size ?? ByteSize.Zero));
        ByteSize size = step.Size ?? (step.Verb == CxlVerb.ReserveDpa ? free : ByteSize.Zero);
        if (step.Verb == CxlVerb.ReserveDpa && step.Size is null && free.IsZero)
        {
            return sysfs.Refuse(RefusalRules.ToolCapacity, Errno.ENOSPC, memdev.Name, "no available capacity", "free capacity of this type first");
        }

        if (size > free && !step.Force)
        {
            return sysfs.Refuse(RefusalRules.ToolCapacity, Errno.ENOSPC, memdev.Name, $"'{size}' exceeds available capacity", $"reserve {free} at most");
        }

        CxlEndpointDecoder? next = step.Verb == CxlVerb.ReserveDpa ? Array.Find(decoders, decoder => decoder.Dpa is null) : LastFree(decoders);
        if (step.Decoder is not null)
        {
            CxlEndpointDecoder? named = Array.Find(decoders, decoder => IsNamed(decoder, step.Decoder));
            if (named is null)
            {
                return sysfs.Refuse(RefusalRules.ToolFreeDecoder, Errno.ENXIO, memdev.Name, $"no match for decoder: {step.Decoder}", "name a decoder of its endpoint");
            }

            if (named != next && !step.Force)
            {
                return sysfs.Refuse(RefusalRules.ToolSequence, Errno.EINVAL, memdev.Name, $"{named.Name} is out of sequence", next is null ? "no decoder is next" : $"use {next.Name}");
            }

            next = named;
        }

        return next is null
            ? sysfs.Refuse(RefusalRules.ToolFreeDecoder, Errno.ENXIO, memdev.Name, "no suitable decoder found", step.Verb == CxlVerb.ReserveDpa ? "free a decoder first" : "reserve capacity first")
            : Set(next, mode, size);
    }

    private Errno Set(CxlEndpointDecoder decoder, DecoderMode mode, ByteSize size)
    {
        string directory = ToolSysfs.CxlDevices + decoder.Name;
        Errno error = Errno.Ok;
        if (decoder.Mode != mode)
        {
            error = sysfs.Write(directory + "/dpa_size", "0x0");
            error = error == Errno.Ok ? sysfs.Write(directory + "/mode", DecoderModes.Word(mode)) : error;
        }

        error = error == Errno.Ok ? sysfs.Write(directory + "/dpa_size", $"0x{size.Bytes:x}") : error;
        if (error != Errno.Ok)
        {
            sysfs.Say($"{memdev.Name}: {decoder.Name}: failed to set dpa allocation");
        }

        return error;
    }

    /// <summary>From the highest down, up to the first that maps host addresses: below it all do.</summary>
    private static CxlEndpointDecoder? LastFree(CxlEndpointDecoder[] decoders) =>
        decoders.Reverse().Where(decoder => decoder.Dpa is not null).FirstOrDefault() is { Range: null } last ? last : null;

    private static bool IsNamed(CxlEndpointDecoder decoder, string name) => decoder.Name == name || decoder.Name.EndsWith("." + name, StringComparison.Ordinal);
}
