using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>An address space of registers that a component has: configuration space, or one of its memory-mapped blocks.</summary>
public sealed class RegisterSpace
{
    private readonly Func<int, uint> _read;
    private readonly Action<int, int, ulong> _write;
    private readonly bool _hasNarrowWrites;

    /// <param name="name">What users call it.</param>
    /// <param name="first">Where its registers begin, in bytes.</param>
    /// <param name="size">Where they end.</param>
    /// <param name="read">Four bytes at an offset; without side effects.</param>
    /// <param name="write">Offset, width and value, as software writes it.</param>
    /// <param name="hasNarrowWrites">Whether one and two bytes can be written alone.</param>
    internal RegisterSpace(string name, int first, int size, Func<int, uint> read, Action<int, int, ulong> write, bool hasNarrowWrites)
    {
        (Name, First, Size, _read, _write, _hasNarrowWrites) = (name, first, size, read, write, hasNarrowWrites);
    }

    /// <summary><c>config</c>, <c>component</c>, <c>device</c> or <c>rcrb</c>.</summary>
    public string Name { get; }

    /// <summary>Where registers begin, in bytes; what lies before reads as zero.</summary>
    public int First { get; }

    /// <summary>Where they end, in bytes.</summary>
    public int Size { get; }

    /// <summary>What the register at an offset says now, 1, 2, 4 or 8 bytes of it. Changes nothing.</summary>
    public ulong Read(int offset, int width)
    {
        ulong word = _read(offset & ~3);
        ulong wide = width == 8 ? word | ((ulong)_read((offset & ~3) + 4) << 32) : word >> (8 * (offset & 3));
        return Bits.Get(wide, (8 * width) - 1, 0);
    }

    /// <summary>Writes a register as software would: through its masks, with all that follows. Called in the loop.</summary>
    internal void Write(int offset, int width, ulong value)
    {
        if (width >= 4 || _hasNarrowWrites)
        {
            _write(offset, width, value);
            return;
        }

        int low = 8 * (offset & 3);
        _write(offset & ~3, 4, Bits.Set(_read(offset & ~3), low + (8 * width) - 1, low, value));
    }

    /// <summary>An offset as users write it: <c>config+0x4</c>.</summary>
    internal string PlaceOf(int offset) => string.Create(CultureInfo.InvariantCulture, $"{Name}+0x{offset:x}");
}
