using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Poison of a memory device: listed, injected, cleared (<c>drivers/cxl/core/memdev.c</c>, <c>core/mbox.c</c>, <c>core/region.c</c>).</summary>
public sealed class CxlPoison(CxlCore cxl, CxlMemdev memdev)
{
    /// <summary>Records of one list that the driver takes (CXL_POISON_LIST_MAX).</summary>
    private const int MostRecords = 1024;

    /// <summary>The file <c>inject_poison</c> in debugfs.</summary>
    public SimTask<Errno> InjectAsync(string value) => ChangeAsync(value, MailboxOpcode.InjectPoison, PoisonTraceType.Inject);

    /// <summary>The file <c>clear_poison</c> in debugfs: the line holds zeroes after it.</summary>
    public SimTask<Errno> ClearAsync(string value) => ChangeAsync(value, MailboxOpcode.ClearPoison, PoisonTraceType.Clear);

    /// <summary>What a true value in <c>trigger_poison_list</c> does (<c>cxl_trigger_poison_list</c>).</summary>
    public async SimTask<Errno> TriggerListAsync(string value)
    {
        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        if (Kstrto.Bool(value, out bool trigger) != Errno.Ok || !trigger || memdev.Endpoint is not { } endpoint)
        {
            string reason = memdev.Endpoint is null ? $"{memdev.Name} has no endpoint" : $"'{Kstrto.Trim(value)}' is not yes";
            return cxl.Core.Refusals.Report(RefusalRules.PoisonWord, Errno.EINVAL, memdev.Name, reason, memdev.Endpoint is null ? null : new NearestChange("write 1"));
        }

        DpaPartitions partitions = memdev.Partitions;
        if (endpoint.CommitEnd >= 0)
        {
            return await ListByDecoderAsync(endpoint);
        }

        DecoderMode[] order = cxl.Core.Config.Has(KernelChange.PartitionsInOrder) ? [DecoderMode.Ram, DecoderMode.Pmem] : [DecoderMode.Pmem, DecoderMode.Ram];
        Errno error = await ListAsync(partitions.StartOf(order[0]), partitions.Of(order[0]), order[0], null);
        return error != Errno.Ok ? error : await ListAsync(partitions.StartOf(order[1]), partitions.Of(order[1]), order[1], null);
    }

    /// <summary>What each decoder maps, and what it left out before; then what lies behind the last of them (<c>cxl_get_poison_by_endpoint</c>).</summary>
    private async SimTask<Errno> ListByDecoderAsync(CxlPort endpoint)
    {
        Errno error;
        Dpa behind = Dpa.Zero;
        DecoderMode mode = DecoderMode.Ram;
        foreach (CxlEndpointDecoder decoder in endpoint.Decoders.OfType<CxlEndpointDecoder>())
        {
            if (decoder.Dpa is not { } taken || decoder.Id > endpoint.CommitEnd || decoder.Mode is not (DecoderMode.Ram or DecoderMode.Pmem))
            {
                continue; // a list is of one kind of memory
            }

            error = await ListAsync(new Dpa(taken.Start.Value - taken.Skip.Bytes), taken.Skip, decoder.Mode, null);
            error = error == Errno.Ok ? await ListAsync(taken.Start, taken.Size, decoder.Mode, decoder.Region) : error;
            if (error != Errno.Ok)
            {
                return error;
            }

            (behind, mode) = (taken.Start + taken.Size, decoder.Mode);
        }

        DpaPartitions partitions = memdev.Partitions;
        if (mode == DecoderMode.Pmem)
        {
            return await ListAsync(behind, partitions.EndOf(DecoderMode.Pmem) - behind, DecoderMode.Pmem, null);
        }

        ByteSize rest = partitions.EndOf(DecoderMode.Ram) - behind;
        if (rest.IsZero && cxl.Core.Config.Has(KernelChange.PartitionsInOrder))
        {
            return Errno.Ok; // where a partition has no rest, those behind it are not asked for
        }

        error = await ListAsync(behind, rest, DecoderMode.Ram, null);
        return error == Errno.Ok ? await ListAsync(partitions.StartOf(DecoderMode.Pmem), partitions.Pmem, DecoderMode.Pmem, null) : error;
    }

    /// <summary>Devices need not know poison of volatile memory: there EFAULT is no error (<c>cxl_mem_get_poison</c>).</summary>
    private async SimTask<Errno> ListAsync(Dpa start, ByteSize size, DecoderMode mode, CxlRegion? region)
    {
        if (size.IsZero)
        {
            return Errno.Ok;
        }

        byte[] request = new ByteWriter().U64(start.Value).U64(size.Bytes / PoisonList.Line).ToArray();
        int seen = 0;
        byte flags;
        do
        {
            (Errno error, byte[] list) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetPoisonList, request);
            if (error != Errno.Ok)
            {
                return error == Errno.EFAULT && mode == DecoderMode.Ram ? Errno.Ok : error;
            }

            if (list.Length < PoisonList.HeaderSize)
            {
                return Errno.EIO;
            }

            flags = list[0];
            int there = (list.Length - PoisonList.HeaderSize) / PoisonList.RecordSize;
            int count = Math.Min(there, BitConverter.ToUInt16(list, PoisonList.CountOffset));
            if (count == 0 && cxl.Core.Config.Has(KernelChange.LinesOf72))
            {
                cxl.Core.Log.Debug(memdev, "Poison empty payload!");
            }

            for (int i = 0; i < count; i++)
            {
                int at = PoisonList.HeaderSize + (i * PoisonList.RecordSize);
                (ulong Address, uint Lines) record = (BitConverter.ToUInt64(list, at), BitConverter.ToUInt32(list, at + PoisonList.RecordLengthOffset));
                TracedPlace? place = region?.TracedAt(memdev, CxlPoisonTrace.AddressOf(record.Address));
                cxl.TraceEvents.Poison.Emit(cxl.Tracing, memdev.Traced, PoisonTraceType.List, place, record, flags, BitConverter.ToUInt64(list, PoisonList.OverflowTimeOffset));
            }

            seen += Math.Max(1, count); // a device that has more and gives nothing must not hold the driver for ever
        }
        while ((flags & PoisonList.FlagMore) != 0 && seen < MostRecords);

        return Errno.Ok;
    }

    private async SimTask<Errno> ChangeAsync(string value, MailboxOpcode opcode, PoisonTraceType type)
    {
        if (Kstrto.U64(value, out ulong dpa) is var bad and not Errno.Ok)
        {
            return bad;
        }

        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        Errno error = Validate(dpa);
        if (error != Errno.Ok)
        {
            return error;
        }

        ByteWriter request = new ByteWriter().U64(dpa);
        (error, _) = await memdev.Mailbox.SendAsync(opcode, (type == PoisonTraceType.Clear ? request.Zeros(PoisonList.Line) : request).ToArray());
        if (error != Errno.Ok)
        {
            return error;
        }

        CxlRegion? region = FindRegion(new Dpa(dpa));
        if (region is not null && cxl.WarnedOf.Add(opcode))
        {
            cxl.Core.Log.Warning(memdev.Host, $"poison {type.ToString().ToLowerInvariant()} dpa:0x{dpa:x} region: {region.Name}");
        }

        cxl.TraceEvents.Poison.Emit(cxl.Tracing, memdev.Traced, type, region?.TracedAt(memdev, new Dpa(dpa)), (dpa, 1));
        return Errno.Ok;
    }

    private Errno Validate(ulong dpa)
    {
        ulong end = memdev.Partitions.EndOf(DecoderMode.Pmem).Value;
        if (dpa >= end)
        {
            cxl.Core.Log.Debug(memdev.Host, end == 0 ? "no capacity that could be poisoned" : $"dpa:0x{dpa:x} not in resource:[mem 0x{0:x8}-0x{end - 1:x8}]");
            return cxl.Core.Refusals.Report(
                RefusalRules.PoisonRange, Errno.EINVAL, memdev.Name, $"0x{dpa:x} is behind the end", new NearestChange(end == 0 ? "use a device with capacity" : $"use an address below 0x{end:x}"),
                ("address", $"0x{dpa:x}"), ("end", $"0x{end:x}"));
        }

        if (dpa % PoisonList.Line != 0)
        {
            cxl.Core.Log.Debug(memdev.Host, $"dpa:0x{dpa:x} is not 64-byte aligned");
            return cxl.Core.Refusals.Report(
                RefusalRules.PoisonLine, Errno.EINVAL, memdev.Name, $"0x{dpa:x} is inside a line", new NearestChange($"use 0x{dpa / PoisonList.Line * PoisonList.Line:x}"), ("address", $"0x{dpa:x}"));
        }

        return Errno.Ok;
    }

    /// <summary>The region that a byte shows in, while decoders are committed (<c>cxl_dpa_to_region</c>).</summary>
    public CxlRegion? FindRegion(Dpa address)
    {
        CxlEndpointDecoder? decoder = memdev.DecoderOf(address);
        if (decoder?.Region is { } region)
        {
            cxl.Core.Log.Debug(decoder, $"dpa:0x{address.Value:x} mapped in region:{region.Name}");
        }

        return decoder?.Region;
    }

    /// <summary>The same as trace events tell it.</summary>
    internal TracedPlace? FindPlace(Dpa address) => FindRegion(address)?.TracedAt(memdev, address);
}
