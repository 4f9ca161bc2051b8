namespace CxlSim.Core;

/// <summary>Everything that software on the host can do to hardware: configuration space, memory-mapped registers, memory.</summary>
/// <remarks>Firmware and the kernel model see a machine through this and nothing else. An access that nothing answers is not an error of the
/// simulator: reads give ones, as on a bus without a completer, and memory accesses report it in <see cref="BusResult"/>.</remarks>
public interface IHostBus
{
    /// <summary>A function sends an interrupt message: its address, and which of its vectors.</summary>
    event Action<Bdf, int>? Interrupted;

    /// <summary>Reads 1, 2 or 4 bytes of a function's 4 KiB configuration space; all ones where no function answers.</summary>
    uint ReadConfig(Bdf function, int offset, int width);

    /// <summary>Writes 1, 2 or 4 bytes of a function's configuration space; dropped where no function answers.</summary>
    void WriteConfig(Bdf function, int offset, int width, uint value);

    /// <summary>Reads a register of 4 or 8 bytes; all ones where nothing decodes the address.</summary>
    ulong ReadRegister(Hpa address, int width);

    /// <summary>Writes a register of 4 or 8 bytes; dropped where nothing decodes the address.</summary>
    void WriteRegister(Hpa address, int width, ulong value);

    /// <summary>Reads memory, DRAM or CXL, the way a CPU's loads do: through every decoder on the way.</summary>
    BusResult Load(Hpa address, Span<byte> destination);

    /// <summary>Writes memory, DRAM or CXL.</summary>
    BusResult Store(Hpa address, ReadOnlySpan<byte> source);
}
