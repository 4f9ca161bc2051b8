using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Kind and capacity of a device's decoder (<c>dpa_size_store</c>, <c>cxl_dpa_free</c> and <c>cxl_dpa_alloc</c> in <c>drivers/cxl/core</c>).</summary>
internal static class CapacityAnswers
{
    private const ulong Unit = 0x1000_0000;

    public static FuzzAnswer Mode(FuzzMachine machine, CxlEndpointDecoder decoder, Type3Description device, string word)
    {
        if (word is not ("ram" or "pmem"))
        {
            return Errno.EINVAL;
        }

        ulong capacity = word == "ram" ? device.Volatile.Bytes : device.Persistent.Bytes;
        return decoder.IsEnabled ? Errno.EBUSY : capacity == 0 ? (machine.HasPartitionArray ? Errno.EINVAL : Errno.ENXIO) : Errno.Ok;
    }

    public static FuzzAnswer? Size(FuzzMachine machine, CxlEndpointDecoder decoder, Type3Description device, ulong size)
    {
        if (size % Unit != 0)
        {
            return Errno.EINVAL;
        }

        CxlEndpointDecoder[] holders = [.. decoder.Port.Decoders.OfType<CxlEndpointDecoder>().Where(other => other.Dpa is not null)];
        int highest = holders.Select(holder => holder.Id).Append(-1).Max();
        if (decoder.Dpa is not null && (decoder.Region is not null || decoder.IsEnabled || decoder.Id != highest))
        {
            return Errno.EBUSY;
        }

        if (size == 0)
        {
            return new FuzzAnswer(Errno.Ok) { Missing = () => decoder.Dpa is null ? null : $"{decoder.Name} keeps {decoder.Dpa}" };
        }

        if (decoder.Region is not null || decoder.IsEnabled)
        {
            return Errno.EBUSY;
        }

        if (decoder.Mode == DecoderMode.None)
        {
            return machine.HasPartitionArray ? Errno.EBUSY : Errno.EINVAL;
        }

        // What it holds itself is free by now.
        CxlEndpointDecoder[] others = [.. holders.Where(holder => holder != decoder)];
        ulong border = device.Volatile.Bytes;
        bool isPmem = decoder.Mode == DecoderMode.Pmem;
        ulong[] ends = [.. others.Select(other => other.Dpa!.Start.Value + other.Dpa.Size.Bytes)];
        ulong start = isPmem ? Math.Max(border, ends.Append(0UL).Max()) : Array.Exists(ends, end => end > border) ? border : ends.Append(0UL).Max();
        ulong end = isPmem ? border + device.Persistent.Bytes : border;
        if (size > end - start)
        {
            return Errno.ENOSPC;
        }

        return others.Select(other => other.Id).Append(-1).Max() + 1 != decoder.Id ? Errno.EBUSY : new FuzzAnswer(Errno.Ok)
        {
            Missing = () => decoder.Dpa is { } dpa && dpa.Start.Value == start && dpa.Size.Bytes == size ? null : $"{decoder.Name} has {decoder.Dpa}; expected 0x{size:x} at 0x{start:x}",
        };
    }
}
