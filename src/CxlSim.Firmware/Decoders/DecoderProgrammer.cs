using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>Programs HDM decoders through their registers, from the device up to the host bridge, and waits until each is committed.</summary>
public sealed class DecoderProgrammer(Simulation simulation, IHostBus bus, bool lockOnCommit)
{
    /// <summary>CXL r3.1 8.2.4.20.12: a commit takes 10 ms at the most; firmware looks every microsecond.</summary>
    private static readonly SimDuration PollInterval = SimDuration.Microseconds(1);
    private const int PollLimit = 10_000;

    /// <summary>Programs one decoder: the next free one of the component whose registers start at <paramref name="component"/>.</summary>
    /// <returns>False where the component has no decoder left, or refuses.</returns>
    public async SimTask<bool> ProgramAsync(Hpa component, AddressRange range, int ways, int granularity, ulong targets)
    {
        if (!TryFindBank(component, out Hpa bank) || !TryFindFree(bank, out int decoder))
        {
            return false;
        }

        Check.That(Interleave.TryEncodeWays(ways, out byte eiw), "legal ways, not {0}", ways);
        Check.That(Interleave.TryEncodeGranularity(granularity, out byte eig), "a legal granularity, not {0}", granularity);
        Write(bank, HdmDecoderRegisters.GlobalControl, HdmDecoderRegisters.GlobalEnable);
        WriteWide(bank, decoder, HdmDecoderRegisters.BaseLow, range.Start.Value);
        WriteWide(bank, decoder, HdmDecoderRegisters.SizeLow, range.Size.Bytes);
        WriteWide(bank, decoder, HdmDecoderRegisters.TargetLow, targets);
        uint control = eig | ((uint)eiw << 4) | HdmDecoderRegisters.ControlHostOnly | HdmDecoderRegisters.ControlCommit;
        control |= lockOnCommit ? HdmDecoderRegisters.ControlLockOnCommit : 0;
        int controlOffset = HdmDecoderRegisters.OffsetOf(decoder, HdmDecoderRegisters.Control);
        Write(bank, controlOffset, control);
        for (int poll = 0; poll < PollLimit; poll++)
        {
            await simulation.Delay(PollInterval);
            uint status = Read(bank, controlOffset);
            if ((status & HdmDecoderRegisters.ControlCommitted) != 0)
            {
                return true;
            }

            if ((status & HdmDecoderRegisters.ControlErrorNotCommitted) != 0)
            {
                Write(bank, controlOffset, 0); // only a COMMIT that comes anew is looked at
                return false;
            }
        }

        return false;
    }

    public bool HasDecoders(Hpa component) => TryFindBank(component, out _);

    private bool TryFindBank(Hpa component, out Hpa bank)
    {
        Hpa array = component + new ByteSize(ComponentRegisters.CacheMemOffset);
        uint header = Read(array, 0);
        uint count = (header & 0xffff) == ComponentRegisters.HeaderId ? header >> 24 : 0;
        for (int i = 1; i <= count; i++)
        {
            uint capability = Read(array, 4 * i);
            if ((capability & 0xffff) == ComponentRegisters.HdmDecoderId)
            {
                bank = array + new ByteSize(capability >> 20);
                return true;
            }
        }

        bank = Hpa.Zero;
        return false;
    }

    private bool TryFindFree(Hpa bank, out int decoder)
    {
        int count = HdmDecoderRegisters.DecodeCount(Bits.Get(Read(bank, HdmDecoderRegisters.Capability), HdmDecoderRegisters.CountHigh, HdmDecoderRegisters.CountLow));
        for (decoder = 0; decoder < count; decoder++)
        {
            if ((Read(bank, HdmDecoderRegisters.OffsetOf(decoder, HdmDecoderRegisters.Control)) & HdmDecoderRegisters.ControlCommitted) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private uint Read(Hpa block, int offset) => (uint)bus.ReadRegister(block + new ByteSize((ulong)offset), 4);

    private void Write(Hpa block, int offset, uint value) => bus.WriteRegister(block + new ByteSize((ulong)offset), 4, value);

    private void WriteWide(Hpa bank, int decoder, int lowRegister, ulong value)
    {
        Write(bank, HdmDecoderRegisters.OffsetOf(decoder, lowRegister), Bits.Low32(value));
        Write(bank, HdmDecoderRegisters.OffsetOf(decoder, lowRegister + 4), Bits.High32(value));
    }
}
