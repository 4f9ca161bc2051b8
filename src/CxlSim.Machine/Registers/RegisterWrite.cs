using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>Software wrote registers.</summary>
/// <param name="Unit">Whose.</param>
/// <param name="Space">Where.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Width">1, 2, 4 or 8 bytes.</param>
/// <param name="Value">What was written; the hardware may have taken other bits.</param>
public sealed record RegisterWrite(RegisterUnit Unit, RegisterSpace Space, int Offset, int Width, ulong Value)
{
    /// <summary>The registers that the bytes belong to.</summary>
    public IEnumerable<Register> Registers => Unit.At(Space, Offset, Width);

    /// <summary>What was written to one of them, each bit in its place.</summary>
    public ulong ValueOf(Register register)
    {
        int shift = 8 * (register.Offset - Offset);
        return Bits.Get(shift >= 0 ? Value >> shift : Value << -shift, (8 * register.Width) - 1, 0);
    }
}
