using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>Programs HDM decoders the way a driver does: through registers that it finds in the capability array.</summary>
internal sealed class HdmDriver
{
    public const uint Lock = 1 << 8;
    public const uint Commit = 1 << 9;
    public const uint Committed = 1 << 10;
    public const uint ErrorNotCommitted = 1 << 11;

    private readonly Bench _bench;
    private readonly Hpa _bank;

    public HdmDriver(Bench bench, Hpa component)
    {
        _bench = bench;
        Hpa array = component + new ByteSize(0x1000);
        uint count = bench.Read32(array, 0) >> 24;
        uint header = Enumerable.Range(1, (int)count).Select(i => bench.Read32(array, 4 * i)).Single(entry => (entry & 0xffff) == 5);
        _bank = array + new ByteSize(header >> 20);
    }

    public uint Capability => _bench.Read32(_bank, 0);

    /// <summary>HDM Decoder Global Control.</summary>
    public uint Global
    {
        get => _bench.Read32(_bank, 4);
        set => _bench.Write32(_bank, 4, value);
    }

    public uint this[int decoder, int register]
    {
        get => _bench.Read32(_bank, 0x10 + (0x20 * decoder) + register);
        set => _bench.Write32(_bank, 0x10 + (0x20 * decoder) + register, value);
    }

    public uint Control(int decoder) => this[decoder, 0x10];

    /// <summary>Writes everything and COMMIT, and lets no time pass.</summary>
    public void Begin(int decoder, ulong start, ulong size, uint waysAndGranularity = 0, ulong targets = 0, uint flags = 0)
    {
        Wide(decoder, 0x00, start);
        Wide(decoder, 0x08, size);
        Wide(decoder, 0x14, targets);
        this[decoder, 0x10] = waysAndGranularity | flags | Commit;
    }

    /// <summary>Writes everything and COMMIT, and gives what control says when the hardware has made up its mind.</summary>
    public uint Program(int decoder, ulong start, ulong size, uint waysAndGranularity = 0, ulong targets = 0, uint flags = 0)
    {
        Begin(decoder, start, size, waysAndGranularity, targets, flags);
        _bench.Simulation.RunUntilIdle();
        return Control(decoder) & (Committed | ErrorNotCommitted);
    }

    private void Wide(int decoder, int low, ulong value)
    {
        this[decoder, low] = (uint)(value & 0xffffffff);
        this[decoder, low + 4] = (uint)(value >> 32);
    }
}
