using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Device capacity goes to decoders in order and comes back in reverse order (<c>drivers/cxl/core/hdm.c</c>).</summary>
public static class DpaAllocator
{
    /// <summary>Frees what a decoder holds; nothing to free is success.</summary>
    public static Errno Free(LinuxKernel kernel, CxlEndpointDecoder decoder)
    {
        if (decoder.Dpa is null)
        {
            return Errno.Ok;
        }

        if (decoder.Region is { } region)
        {
            kernel.Log.Debug(decoder, $"decoder assigned to: {region.Name}");
            return Errno.EBUSY;
        }

        if (decoder.IsEnabled)
        {
            kernel.Log.Debug(decoder, "decoder enabled");
            return Errno.EBUSY;
        }

        if (decoder.Id != decoder.Port.HdmEnd)
        {
            kernel.Log.Debug(decoder, $"expected decoder{decoder.Port.Id}.{decoder.Port.HdmEnd}");
            return Errno.EBUSY;
        }

        decoder.Dpa = null;
        decoder.Port.HdmEnd--;
        return Errno.Ok;
    }

    /// <summary>Takes the next free capacity of the decoder's partition.</summary>
    public static Errno Allocate(LinuxKernel kernel, CxlEndpointDecoder decoder, ByteSize size)
    {
        if (decoder.Region is not null || decoder.IsEnabled)
        {
            return Errno.EBUSY;
        }

        if (decoder.Mode == DecoderMode.None)
        {
            kernel.Log.Debug(decoder, "mode not set");
            return Errno.EINVAL;
        }

        DpaPartitions partitions = decoder.Memdev.Partitions;
        Dpa start = FreeStart(decoder.Port, partitions, decoder.Mode);
        ByteSize available = partitions.EndOf(decoder.Mode) - start;
        if (size > available)
        {
            kernel.Log.Debug(decoder, $"0x{size.Bytes:x16} exceeds available {DecoderModes.Word(decoder.Mode)} capacity: 0x{available.Bytes:x16}");
            return Errno.ENOSPC;
        }

        // The first persistent allocation leaves out what is left of the volatile partition; later ones lie behind it anyway.
        bool first = decoder.Mode == DecoderMode.Pmem && start == partitions.StartOf(DecoderMode.Pmem);
        ByteSize skip = first ? start - FreeStart(decoder.Port, partitions, DecoderMode.Ram) : ByteSize.Zero;
        return Reserve(kernel, decoder, new DpaAllocation(start, size, skip));
    }

    /// <summary>Records what a decoder holds; decoders come in order (<c>__cxl_dpa_reserve</c>).</summary>
    public static Errno Reserve(LinuxKernel kernel, CxlEndpointDecoder decoder, DpaAllocation allocation)
    {
        if (decoder.Id != decoder.Port.HdmEnd + 1)
        {
            kernel.Log.Debug(decoder.Port, $"{decoder.Name}: expected decoder{decoder.Port.Id}.{decoder.Port.HdmEnd + 1}");
            return Errno.EBUSY;
        }

        decoder.Dpa = allocation;
        decoder.Port.HdmEnd = decoder.Id;
        return Errno.Ok;
    }

    /// <summary>Behind everything that lies in a partition, what was skipped included.</summary>
    private static Dpa FreeStart(CxlPort endpoint, DpaPartitions partitions, DecoderMode mode)
    {
        Dpa start = partitions.StartOf(mode);
        Dpa end = partitions.EndOf(mode);
        foreach (DpaAllocation taken in endpoint.Decoders.OfType<CxlEndpointDecoder>().Select(decoder => decoder.Dpa).OfType<DpaAllocation>())
        {
            // A skip reaches up to its allocation: it fills this partition where the allocation begins behind it.
            Dpa takenEnd = taken.Start >= end && !taken.Skip.IsZero ? end : taken.Start + taken.Size;
            if (takenEnd > start && takenEnd <= end)
            {
                start = takenEnd;
            }
        }

        return start;
    }
}
