using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Makes decoder objects of a port's HDM decoders, and believes what is committed (<c>devm_cxl_enumerate_decoders</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
public sealed class DecoderEnumerator(LinuxKernel kernel, CxlPort port)
{
    /// <summary>A decoder that is just being committed gets this long before "not committed" is believed.</summary>
    private static readonly SimDuration Settle = SimDuration.Milliseconds(20);

    private readonly HdmRegisters _hdm = port.Hdm!;
    private Dpa _dpaBase = Dpa.Zero;

    public async SimTask<Errno> RunAsync()
    {
        using FrameScope frame = kernel.Simulation.Enter("devm_cxl_enumerate_decoders", port.Name);
        kernel.Milestone("DecoderEnumeration", port.Name);
        if (Enumerable.Range(0, _hdm.DecoderCount).Any(i => (_hdm.Control(i) & HdmDecoderRegisters.ControlCommitted) == 0))
        {
            await kernel.Simulation.Delay(Settle);
        }

        for (int i = 0; i < _hdm.DecoderCount; i++)
        {
            CxlDecoder decoder = port.IsEndpoint ? new CxlEndpointDecoder(kernel, port, i) : new CxlSwitchDecoder(port, i, _hdm.TargetCount, isPassthrough: false);
            Errno error = Read(decoder);
            if (error != Errno.Ok)
            {
                kernel.Log.Warning(port, $"Failed to initialize {decoder.Name}");
                return error;
            }

            port.Decoders.Add(decoder);
            await kernel.Cxl.Bus.AddAsync(decoder, port);
            kernel.Log.Debug(decoder, $"Added to port {port.Name}");
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
            kernel.Log.Warning(port, $"{decoder.Name}: Invalid resource range");
            return Errno.ENXIO;
        }

        if (!Interleave.TryDecodeWays(Bits.Get(control, 7, 4), out int ways))
        {
            kernel.Log.Warning(port, $"{decoder.Name}: Invalid interleave ways (ctrl: 0x{control:x})");
            return Errno.ENXIO;
        }

        if (!Interleave.TryDecodeGranularity(Bits.Get(control, 3, 0), out int granularity))
        {
            kernel.Log.Warning(port, $"{decoder.Name}: Invalid interleave granularity (ctrl: 0x{control:x})");
            return Errno.ENXIO;
        }

        decoder.Ways = ways;
        decoder.Granularity = granularity;
        Errno error = committed ? ReadCommitted(decoder, control, start, size) : Errno.Ok;
        if (error != Errno.Ok)
        {
            return error;
        }

        string range = decoder.Range is { } hpa ? $"{hpa.Start}-{hpa.Last}" : "0x0-0xffffffffffffffff";
        kernel.Log.Debug(port, $"{decoder.Name}: range: {range} iw: {ways} ig: {granularity}");
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
            kernel.Log.Warning(port, $"decoder{port.Id}.{decoder.Id}: Committed out of order");
            return Errno.ENXIO;
        }

        if (!AddressRange.TryCreate(new Hpa(start), new ByteSize(size), out AddressRange range))
        {
            kernel.Log.Warning(port, $"decoder{port.Id}.{decoder.Id}: Committed with zero size");
            return Errno.ENXIO;
        }

        decoder.Range = range;
        decoder.IsEnabled = true;
        decoder.IsLocked = (control & HdmDecoderRegisters.ControlLockOnCommit) != 0;
        decoder.IsHostOnly = (control & HdmDecoderRegisters.ControlHostOnly) != 0;
        port.CommitEnd = decoder.Id;
        return Errno.Ok;
    }

    /// <summary>A target that is no dport matters only where the decoder is active.</summary>
    private Errno ReadTargets(CxlSwitchDecoder decoder, ulong list)
    {
        for (int position = 0; position < Math.Min(decoder.Ways, 8); position++)
        {
            if (port.FindDport((int)((list >> (8 * position)) & 0xff)) is not { } dport)
            {
                if (!decoder.IsEnabled)
                {
                    return Errno.Ok;
                }

                kernel.Log.Error(port, "Failed to populate active decoder targets");
                return Errno.ENXIO;
            }

            decoder.Targets.Add(dport);
        }

        return Errno.Ok;
    }

    private Errno ReserveDpa(CxlEndpointDecoder decoder, ByteSize skip)
    {
        ByteSize size = decoder.Range!.Value.Size;
        if (!size.IsMultipleOf(new ByteSize((ulong)decoder.Ways)))
        {
            kernel.Log.Error(port, $"{decoder.Name}: size {size} is not a multiple of {decoder.Ways} ways");
            return Errno.ENXIO;
        }

        ByteSize share = size / (ulong)decoder.Ways;
        DpaPartitions partitions = decoder.Memdev.Partitions;
        ByteSize left = partitions.EndOf(DecoderMode.Pmem) - _dpaBase;
        if (skip > left || share > left - skip)
        {
            kernel.Log.Error(port, $"{decoder.Name}: Failed to reserve {share} of DPA at {_dpaBase}, {skip} skipped");
            return Errno.EBUSY;
        }

        Dpa start = _dpaBase + skip;
        decoder.Mode = partitions.ModeAt(start);
        decoder.IsAuto = true;
        _dpaBase = start + share;
        return DpaAllocator.Reserve(kernel, decoder, new DpaAllocation(start, share, skip));
    }
}
