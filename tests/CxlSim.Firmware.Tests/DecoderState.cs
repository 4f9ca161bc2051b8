using CxlSim.Core;

namespace CxlSim.Firmware.Tests;

/// <summary>What the registers of one HDM decoder say (CXL r3.1 8.2.4.20).</summary>
internal sealed record DecoderState(ulong Base, ulong Size, uint WaysCode, uint GranularityCode, ulong Targets, bool Committed, bool Locked)
{
    public static DecoderState Read(IHostBus bus, Hpa component, int number)
    {
        Hpa array = component + new ByteSize(0x1000);
        uint count = (uint)bus.ReadRegister(array, 4) >> 24;
        uint header = Enumerable.Range(1, (int)count)
            .Select(i => (uint)bus.ReadRegister(array + new ByteSize(4 * (ulong)i), 4))
            .Single(entry => (entry & 0xffff) == 5);
        Hpa decoder = array + new ByteSize((header >> 20) + 0x10 + (0x20 * (ulong)number));
        uint control = (uint)bus.ReadRegister(decoder + new ByteSize(0x10), 4);
        return new DecoderState(
            bus.ReadRegister(decoder, 8),
            bus.ReadRegister(decoder + new ByteSize(8), 8),
            (control >> 4) & 15,
            control & 15,
            bus.ReadRegister(decoder + new ByteSize(0x14), 8),
            (control & (1 << 10)) != 0,
            (control & (1 << 8)) != 0);
    }
}
