using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The DVSEC that tells software in which BAR each register block lies (CXL r3.1 8.1.9).</summary>
internal static class RegisterLocator
{
    /// <summary>Blocks that the capability lists; QEMU's devices have as many and leave the rest empty, which puts what follows at the recorded places.</summary>
    private const int Blocks = 3;

    /// <summary>Every block of a sound device starts at the beginning of a BAR of its own.</summary>
    public static void Install(ConfigSpace config, params ReadOnlySpan<(byte BlockId, int Bar, uint Offset)> blocks)
    {
        int length = Dvsec.LocatorFirstBlock + (Blocks * Dvsec.LocatorBlockStride);
        int offset = config.AddDvsec(Dvsec.RegisterLocatorId, 0, length) + Dvsec.LocatorFirstBlock;
        foreach ((byte blockId, int bar, uint start) in blocks)
        {
            config.Set32(offset, (uint)bar | ((uint)blockId << 8) | start);
            offset += Dvsec.LocatorBlockStride;
        }
    }
}
