using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Makes decoder objects of a port's HDM decoders, and believes what is committed (<c>devm_cxl_enumerate_decoders</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
public sealed class DecoderEnumerator(CxlCore cxl, CxlPort port)
{
    /// <summary>A decoder that is just being committed gets this long before "not committed" is believed.</summary>
    private static readonly SimDuration Settle = SimDuration.Milliseconds(20);

    private readonly HdmRegisters _hdm = port.Hdm!;
    private Dpa _dpaBase = Dpa.Zero;
    private string _refusal = "its capacity is not the next in order";

    public async SimTask<Errno> RunAsync()
    {
        using FrameScope frame = cxl.Core.Simulation.Enter("devm_cxl_enumerate_decoders", port.Name);
        cxl.Core.Milestone("DecoderEnumeration", port.Name);
        if (Enumerable.Range(0, _hdm.DecoderCount).Any(i => (_hdm.Control(i) & HdmDecoderRegisters.ControlCommitted) == 0))
        {
            await cxl.Core.Simulation.Delay(Settle);
        }

        for (int i = 0; i < _hdm.DecoderCount; i++)
        {
            CxlDecoder decoder = port.IsEndpoint ? new CxlEndpointDecoder(cxl, port, i) : new CxlSwitchDecoder(port, i, _hdm.TargetCount, isPassthrough: false);
            Errno error = Read(decoder);
            if (error != Errno.Ok)
            {
                cxl.Core.Log.Warning(port, $"Failed to initialize {decoder.Name}");
                cxl.Core.Findings.Report(KernelRules.DecoderRefused, port.Place, $"registers of {decoder.Name} that make no sense: {_refusal} ({error})");
                return error;
            }

            port.Decoders.Add(decoder);
            await cxl.Bus.AddAsync(decoder, port);
            decoder.SayAdded(cxl.Core);
        }

        return Errno.Ok;
    }

    private Errno Read(CxlDecoder decoder)
    {
        uint control = _hdm.Control(decoder.Id);
        ulong start = _hdm.ReadWide(decoder.Id, HdmDecoderRegisters.BaseLow);
        ulong size = _hdm.ReadWide(decoder.Id, HdmDecoderRegisters.SizeLow);
        bool committed = (control & HdmDecoderRegisters.ControlCommitted) != 0;
        if (start == ulong.MaxValue || size == ulong.MaxValue)
        {
            return Warn(Errno.ENXIO, $"{decoder.Name}: Invalid resource range");
        }

        Errno error = committed ? ReadCommitted(decoder, control, start, size) : Errno.Ok;
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!Interleave.TryDecodeWays(Bits.Get(control, 7, 4), out int ways))
        {
            return Warn(Errno.EINVAL, $"{decoder.Name}: Invalid interleave ways (ctrl: 0x{control:x})");
        }

        if (!Interleave.TryDecodeGranularity(Bits.Get(control, 3, 0), out int granularity))
        {
            return Warn(Errno.EINVAL, $"{decoder.Name}: Invalid interleave granularity (ctrl: 0x{control:x})");
        }

        decoder.Ways = ways;
        decoder.Granularity = granularity;
        string range = decoder.Range is { } hpa ? $"{hpa.Start}-{hpa.Last}" : "0x0-0xffffffffffffffff";
        cxl.Core.Log.Debug(port, $"{decoder.Name}: range: {range} iw: {ways} ig: {granularity}");
        ulong targets = _hdm.ReadWide(decoder.Id, HdmDecoderRegisters.TargetLow);
        return decoder switch
        {
            CxlSwitchDecoder link => ReadTargets(link, targets),
            CxlEndpointDecoder endpoint when committed => ReserveDpa(endpoint, new ByteSize(targets)),
            _ => Errno.Ok,
        };
    }

    private Errno ReadCommitted(CxlDecoder decoder, uint control, ulong start, ulong size)
    {
        if (decoder.Id != port.CommitEnd + 1)
        {
            return Warn(Errno.ENXIO, $"decoder{port.Id}.{decoder.Id}: Committed out of order");
        }

        if (!AddressRange.TryCreate(new Hpa(start), new ByteSize(size), out AddressRange range))
        {
            return Warn(Errno.ENXIO, $"decoder{port.Id}.{decoder.Id}: Committed with zero size");
        }

        decoder.Range = range;
        decoder.IsEnabled = true;
        decoder.IsLocked = (control & HdmDecoderRegisters.ControlLockOnCommit) != 0;
        decoder.IsHostOnly = (control & HdmDecoderRegisters.ControlHostOnly) != 0;
        port.CommitEnd = decoder.Id;
        return Errno.Ok;
    }

    /// <summary>A target that is no dport matters only where the decoder is active, and where dports come with memdevs not yet.</summary>
    private Errno ReadTargets(CxlSwitchDecoder decoder, ulong list)
    {
        decoder.TargetMap = [.. Enumerable.Range(0, Math.Min(decoder.Ways, 8)).Select(position => (int)((list >> (8 * position)) & 0xff))];
        decoder.FillTargets();
        return decoder.Targets.Count == decoder.TargetMap.Count || !decoder.IsEnabled || cxl.Core.Config.Has(KernelChange.DportsWithMemdevs)
            ? Errno.Ok
            : Fail(Errno.ENXIO, "Failed to populate active decoder targets");
    }

    private Errno ReserveDpa(CxlEndpointDecoder decoder, ByteSize skip)
    {
        ByteSize size = decoder.Range!.Value.Size;
        if (!size.IsMultipleOf(new ByteSize((ulong)decoder.Ways)))
        {
            return Fail(Errno.ENXIO, $"{decoder.Name}: size {size} is not a multiple of {decoder.Ways} ways");
        }

        ByteSize share = size / (ulong)decoder.Ways;
        DpaPartitions partitions = decoder.Memdev.Partitions;
        ByteSize left = partitions.EndOf(DecoderMode.Pmem) - _dpaBase;
        if (skip > left || share > left - skip)
        {
            return Fail(Errno.EBUSY, $"{decoder.Name}: Failed to reserve {share} of DPA at {_dpaBase}, {skip} skipped");
        }

        Dpa start = _dpaBase + skip;
        decoder.Mode = partitions.ModeOf(start, share, cxl.Core.Config);
        decoder.IsAuto = true;
        _dpaBase = start + share;
        return DpaAllocator.Reserve(cxl.Core, decoder, new DpaAllocation(start, share, skip));
    }

    private Errno Warn(Errno error, string reason)
    {
        cxl.Core.Log.Warning(port, reason);
        _refusal = reason;
        return error;
    }

    private Errno Fail(Errno error, string reason)
    {
        cxl.Core.Log.Error(port, reason);
        _refusal = reason;
        return error;
    }
}
