namespace CxlSim.Hardware;

/// <summary>Memory-mapped registers, addressed from the block's start. Registers are four bytes wide; wide accesses are split by the bus.</summary>
public interface IRegisterBlock
{
    uint Read(int offset);

    void Write(int offset, uint value);
}
