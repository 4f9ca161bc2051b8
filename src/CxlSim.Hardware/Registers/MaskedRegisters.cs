namespace CxlSim.Hardware;

/// <summary>Registers that keep what software writes, bit by bit as far as the hardware lets it.</summary>
/// <param name="bytes">Size of the block.</param>
public sealed class MaskedRegisters(int bytes) : IRegisterBlock
{
    private readonly uint[] _values = new uint[bytes / 4];
    private readonly uint[] _writable = new uint[bytes / 4];
    private readonly uint[] _cleared = new uint[bytes / 4];

    public int Size => bytes;

    /// <summary>What a register says at power-on, which bits software may change, and which a one written to them clears.</summary>
    public MaskedRegisters With(int offset, uint value, uint writable = 0, uint cleared = 0)
    {
        _values[offset / 4] = value;
        _writable[offset / 4] = writable;
        _cleared[offset / 4] = cleared;
        return this;
    }

    public uint Read(int offset) => _values[offset / 4];

    public void Write(int offset, uint value)
    {
        int index = offset / 4;
        _values[index] = (_values[index] & ~_writable[index] & ~(value & _cleared[index])) | (value & _writable[index]);
    }

    /// <summary>Hardware itself says something else.</summary>
    public void Set(int offset, uint value) => _values[offset / 4] = value;

    /// <summary>Hardware itself sets bits: an error that was found.</summary>
    public void Raise(int offset, uint bits) => _values[offset / 4] |= bits;
}
