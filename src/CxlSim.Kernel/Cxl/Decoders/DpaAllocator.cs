using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Device capacity goes to decoders in order and comes back in reverse order (<c>drivers/cxl/core/hdm.c</c>).</summary>
public static class DpaAllocator
{
    /// <summary>Frees what a decoder holds; nothing to free is success.</summary>
    /// <param name="core">The kernel's.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="wanted">What it is to hold afterwards, for the reason of a refusal.</param>
    public static Errno Free(KernelCore core, CxlEndpointDecoder decoder, ByteSize wanted = default)
    {
        if (decoder.Dpa is null)
        {
            return Errno.Ok;
        }

        if (decoder.Region is { } region)
        {
            return Refuse(core, RefusalRules.DpaAttached, Errno.EBUSY, decoder, $"decoder assigned to: {region.Name}", NearestDpa.Detached(decoder, wanted), ("region", region.Name));
        }

        if (decoder.IsEnabled)
        {
            return Refuse(core, RefusalRules.DpaEnabled, Errno.EBUSY, decoder, "decoder enabled", null);
        }

        if (decoder.Id != decoder.Port.HdmEnd)
        {
            return Refuse(
                core, RefusalRules.DpaFreeOrder, Errno.EBUSY, decoder, $"expected decoder{decoder.Port.Id}.{decoder.Port.HdmEnd}", NearestDpa.FreeFirst(decoder, wanted),
                ("decoder", decoder.Id), ("highest decoder with capacity", decoder.Port.HdmEnd));
        }

        decoder.Dpa = null;
        decoder.Port.HdmEnd--;
        return Errno.Ok;
    }

    /// <summary>Takes the next free capacity of the decoder's partition.</summary>
    public static Errno Allocate(KernelCore core, CxlEndpointDecoder decoder, ByteSize size)
    {
        if (decoder.Region is not null || decoder.IsEnabled)
        {
            KernelRule rule = decoder.Region is null ? RefusalRules.DpaEnabled : RefusalRules.DpaAttached;
            return core.Refusals.Report(rule, Errno.EBUSY, decoder.Name, $"{decoder.Name} is in use");
        }

        if (decoder.Mode == DecoderMode.None)
        {
            (Errno error, string reason) = core.Config.Has(KernelChange.PartitionsInOrder) ? (Errno.EBUSY, "partition not set") : (Errno.EINVAL, "mode not set");
            return Refuse(core, RefusalRules.DpaMode, error, decoder, reason, NearestDpa.WithMode(decoder, size), ("mode", "none"));
        }

        DpaPartitions partitions = decoder.Memdev.Partitions;
        Dpa start = FreeStart(decoder.Port, partitions, decoder.Mode);
        ByteSize available = partitions.EndOf(decoder.Mode) - start;
        if (size > available)
        {
            string word = DecoderModes.Word(decoder.Mode);
            string reason = core.Config.Has(KernelChange.PartitionsInOrder) ? $"{size.Bytes} exceeds available {word} capacity: {available.Bytes}"
                : $"0x{size.Bytes:x16} exceeds available {word} capacity: 0x{available.Bytes:x16}";
            return Refuse(
                core, RefusalRules.DpaRoom, Errno.ENOSPC, decoder, reason, NearestDpa.Room(decoder, size),
                ("size", size.ToString()), ("available", available.ToString()), ("partition", partitions.Of(decoder.Mode).ToString()));
        }

        // The first persistent allocation leaves out what is left of the volatile partition; later ones lie behind it anyway.
        bool first = decoder.Mode == DecoderMode.Pmem && start == partitions.StartOf(DecoderMode.Pmem);
        ByteSize skip = first ? start - FreeStart(decoder.Port, partitions, DecoderMode.Ram) : ByteSize.Zero;
        return Reserve(core, decoder, new DpaAllocation(start, size, skip));
    }

    /// <summary>Records what a decoder holds; decoders come in order (<c>__cxl_dpa_reserve</c>).</summary>
    public static Errno Reserve(KernelCore core, CxlEndpointDecoder decoder, DpaAllocation allocation)
    {
        if (decoder.Id != decoder.Port.HdmEnd + 1)
        {
            string reason = $"{decoder.Name}: expected decoder{decoder.Port.Id}.{decoder.Port.HdmEnd + 1}";
            core.Log.Debug(decoder.Port, reason);
            return core.Refusals.Report(
                RefusalRules.DpaOrder, Errno.EBUSY, decoder.Name, reason, NearestDpa.InTurn(decoder, allocation.Size),
                ("decoder", decoder.Id), ("lowest decoder without capacity", decoder.Port.HdmEnd + 1));
        }

        decoder.Dpa = allocation;
        decoder.Port.HdmEnd = decoder.Id;
        return Errno.Ok;
    }

    /// <summary>What a partition has for a decoder, with what that holds already.</summary>
    internal static ByteSize Room(CxlEndpointDecoder decoder, DecoderMode mode)
    {
        DpaPartitions partitions = decoder.Memdev.Partitions;
        return partitions.EndOf(mode) - FreeStart(decoder.Port, partitions, mode, decoder);
    }

    private static Errno Refuse(
        KernelCore core, KernelRule rule, Errno error, CxlEndpointDecoder decoder, string reason, NearestChange? nearest, params ReadOnlySpan<NamedValue> values)
    {
        core.Log.Debug(decoder, reason);
        return core.Refusals.Report(rule, error, decoder.Name, reason, nearest, values);
    }

    /// <summary>Behind everything that lies in a partition, what was skipped included.</summary>
    private static Dpa FreeStart(CxlPort endpoint, DpaPartitions partitions, DecoderMode mode, CxlEndpointDecoder? except = null)
    {
        Dpa start = partitions.StartOf(mode);
        Dpa end = partitions.EndOf(mode);
        foreach (DpaAllocation taken in endpoint.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder != except).Select(decoder => decoder.Dpa).OfType<DpaAllocation>())
        {
            // A skip reaches up to its allocation: it fills this partition where the allocation begins behind it.
            bool isSkippedTo = taken.Start >= end && !taken.Skip.IsZero;
            if (taken.Start < end || isSkippedTo)
            {
                Dpa takenEnd = isSkippedTo ? end : taken.Start + taken.Size;
                start = takenEnd <= start ? start : takenEnd < end ? takenEnd : end;
            }
        }

        return start;
    }
}
