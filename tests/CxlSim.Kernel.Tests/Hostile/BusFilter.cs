using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>A bus before a bus: passes everything on until a test says otherwise.</summary>
internal class BusFilter(IHostBus bus) : IHostBus
{
    /// <summary>A loop that reads registers for ever would otherwise never come back.</summary>
    private const int MostAccesses = 5_000_000;

    private int _accesses;

    public event Action<Bdf, int>? Interrupted
    {
        add => bus.Interrupted += value;
        remove => bus.Interrupted -= value;
    }

    public uint ReadConfig(Bdf function, int offset, int width)
    {
        Count();
        return Bits.Low32(OnConfig(function, offset, bus.ReadConfig(function, offset, width)) & Bits.Mask((width * 8) - 1, 0));
    }

    public void WriteConfig(Bdf function, int offset, int width, uint value)
    {
        Count();
        bus.WriteConfig(function, offset, width, value);
    }

    public ulong ReadRegister(Hpa address, int width)
    {
        Count();
        return OnRegister(address, bus.ReadRegister(address, width)) & Bits.Mask((width * 8) - 1, 0);
    }

    public void WriteRegister(Hpa address, int width, ulong value)
    {
        Count();
        bus.WriteRegister(address, width, value);
    }

    public virtual BusResult Load(Hpa address, Span<byte> destination) => bus.Load(address, destination);

    public BusResult Store(Hpa address, ReadOnlySpan<byte> source) => bus.Store(address, source);

    protected virtual ulong OnConfig(Bdf function, int offset, ulong value) => value;

    protected virtual ulong OnRegister(Hpa address, ulong value) => value;

    private void Count()
    {
        if (++_accesses > MostAccesses)
        {
            throw new InvalidOperationException("the kernel asks the hardware for ever");
        }
    }
}
