using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The mapped HDM decoder capability of a port: register access, and what its capability register says (<c>drivers/cxl/core/hdm.c</c>, struct cxl_hdm).</summary>
public sealed class HdmRegisters
{
    /// <summary>Granularity and ways in a control register.</summary>
    private const uint InterleavingFields = 0xff;

    private readonly IHostBus _bus;
    private readonly Hpa _base;
    private readonly bool _allows3612;
    private readonly bool _allows16;

    /// <summary>Address bits that may select a target.</summary>
    private readonly ulong _interleaveMask;

    public HdmRegisters(IHostBus bus, Hpa registers)
    {
        _bus = bus;
        _base = registers;
        uint capability = Read(HdmDecoderRegisters.Capability);
        uint count = Bits.Get(capability, HdmDecoderRegisters.CountHigh, HdmDecoderRegisters.CountLow);
        DecoderCount = count == 0 ? 1 : (int)count * 2; // 6.12 knows no other codes (cxl_hdm_decoder_count)
        TargetCount = (int)Bits.Get(capability, HdmDecoderRegisters.TargetCountHigh, HdmDecoderRegisters.TargetCountLow);
        _interleaveMask =
            ((capability & HdmDecoderRegisters.InterleaveA11To8) != 0 ? Bits.Mask(11, 8) : 0)
            | ((capability & HdmDecoderRegisters.InterleaveA14To12) != 0 ? Bits.Mask(14, 12) : 0);
        _allows3612 = (capability & HdmDecoderRegisters.Interleave3612) != 0;
        _allows16 = (capability & HdmDecoderRegisters.Interleave16) != 0;
    }

    public int DecoderCount { get; }

    /// <summary>Targets that a decoder can tell apart; 0 for an endpoint.</summary>
    public int TargetCount { get; }

    /// <summary>The registers in the address space.</summary>
    public AddressRange Block => AddressRange.Of(_base, new ByteSize((ulong)HdmDecoderRegisters.SizeOf(DecoderCount)));

    public bool IsEnabled => (Read(HdmDecoderRegisters.GlobalControl) & HdmDecoderRegisters.GlobalEnable) != 0;

    public void Enable() => Write(HdmDecoderRegisters.GlobalControl, Read(HdmDecoderRegisters.GlobalControl) | HdmDecoderRegisters.GlobalEnable);

    public void Disable() => Write(HdmDecoderRegisters.GlobalControl, Read(HdmDecoderRegisters.GlobalControl) & ~HdmDecoderRegisters.GlobalEnable);

    public uint Control(int decoder) => Read(HdmDecoderRegisters.OffsetOf(decoder, HdmDecoderRegisters.Control));

    public void WriteControl(int decoder, uint value) => Write(HdmDecoderRegisters.OffsetOf(decoder, HdmDecoderRegisters.Control), value);

    /// <summary>A register pair, low word first.</summary>
    public ulong ReadWide(int decoder, int lowRegister) =>
        Read(HdmDecoderRegisters.OffsetOf(decoder, lowRegister)) | ((ulong)Read(HdmDecoderRegisters.OffsetOf(decoder, lowRegister + 4)) << 32);

    public void WriteWide(int decoder, int lowRegister, ulong value)
    {
        Write(HdmDecoderRegisters.OffsetOf(decoder, lowRegister), Bits.Low32(value));
        Write(HdmDecoderRegisters.OffsetOf(decoder, lowRegister + 4), Bits.High32(value));
    }

    /// <summary>Where a decoder leads.</summary>
    internal DecoderForm FormOf(int decoder) => new(
        ReadWide(decoder, HdmDecoderRegisters.BaseLow), ReadWide(decoder, HdmDecoderRegisters.SizeLow), Control(decoder) & InterleavingFields, ReadWide(decoder, HdmDecoderRegisters.TargetLow));

    /// <summary>Writes where a decoder leads, but for its control register, which commits.</summary>
    internal void Write(int decoder, DecoderForm form)
    {
        WriteWide(decoder, HdmDecoderRegisters.BaseLow, form.Base);
        WriteWide(decoder, HdmDecoderRegisters.SizeLow, form.Size);
        WriteWide(decoder, HdmDecoderRegisters.TargetLow, form.Targets);
    }

    /// <summary>Whether the hardware can do these ways at this granularity (<c>check_interleave_cap</c>).</summary>
    public bool Supports(int ways, int granularity)
    {
        if (!Interleave.TryEncodeWays(ways, out byte eiw) || !Interleave.TryEncodeGranularity(granularity, out byte eig))
        {
            return false;
        }

        if ((ways % 3 == 0 && !_allows3612) || (ways == 16 && !_allows16))
        {
            return false;
        }

        if (eiw is 0 or 8)
        {
            return true; // no address bit takes part in the choice
        }

        int high = eiw < 8 ? eiw + eig + 7 : eiw + eig - 1;
        return (Bits.Mask(high, eig + 8) & ~_interleaveMask) == 0;
    }

    private uint Read(int offset) => (uint)_bus.ReadRegister(_base + new ByteSize((ulong)offset), 4);

    private void Write(int offset, uint value) => _bus.WriteRegister(_base + new ByteSize((ulong)offset), 4, value);
}
