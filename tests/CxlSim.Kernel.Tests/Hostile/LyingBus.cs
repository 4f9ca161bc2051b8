using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>A bus whose registers and configuration space lie: some addresses, chosen by a seed, always answer with some bits turned.</summary>
/// <remarks>Memory is left as it is: tables are changed where they lie.</remarks>
internal sealed class LyingBus(IHostBus bus, ulong seed, uint liars, bool registers, bool configuration) : BusFilter(bus)
{
    protected override ulong OnConfig(Bdf function, int offset, ulong value)
    {
        ulong place = 0xc0f1_0000_0000 ^ ((ulong)function.Bus << 24) ^ ((ulong)function.Device << 19) ^ ((ulong)function.Function << 16) ^ (ulong)offset;
        return configuration ? value ^ Turned(place) : value;
    }

    protected override ulong OnRegister(Hpa address, ulong value) => registers ? value ^ Turned(address.Value) : value;

    /// <summary>The same address always lies in the same way: one bit, one byte, or all of it.</summary>
    private ulong Turned(ulong place)
    {
        ulong hash = Mix(unchecked(place + (seed * 0x9e37_79b9_7f4a_7c15)));
        if (hash % liars != 0)
        {
            return 0;
        }

        ulong detail = Mix(hash);
        return (detail % 4) switch
        {
            0 => Mix(detail),
            1 => (detail >> 8 & 0xff) << (int)(8 * ((detail >> 16) % 8)),
            _ => 1UL << (int)(detail >> 8 & 63),
        };
    }

    /// <summary>The finaliser of splitmix64: every bit of the input moves every bit of the output.</summary>
    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9);
        value = unchecked((value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb);
        return value ^ (value >> 31);
    }
}
