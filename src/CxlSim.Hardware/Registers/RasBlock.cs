using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The errors that a component found: status, masks, and the header of the first that software has not cleared (CXL r3.1 8.2.4.17).</summary>
public sealed class RasBlock : IRegisterBlock
{
    /// <summary>Headers are kept of so many errors; of more, only the status bit is.</summary>
    private const int MostHeaders = 64;

    private readonly MaskedRegisters _registers;
    private readonly List<(int Bit, uint[] Header)> _pending = [];

    /// <summary>At power-on: all errors masked until software asks for them.</summary>
    public RasBlock()
    {
        _registers = new MaskedRegisters(ComponentRegisters.RasSize)
            .With(RasRegisters.UncorrectableStatus, 0, cleared: RasRegisters.UncorrectableBits)
            .With(RasRegisters.UncorrectableMask, RasRegisters.UncorrectableBits, RasRegisters.UncorrectableBits)
            .With(RasRegisters.UncorrectableSeverity, RasRegisters.UncorrectableBits, RasRegisters.UncorrectableBits)
            .With(RasRegisters.CorrectableStatus, 0, cleared: RasRegisters.CorrectableBits)
            .With(RasRegisters.CorrectableMask, RasRegisters.CorrectableBits, RasRegisters.CorrectableBits)
            .With(RasRegisters.Control, RasRegisters.ControlMultipleHeaders, RasRegisters.ControlPoisonEnable);
    }

    /// <summary>A correctable error was found that is not masked.</summary>
    public event Action? CorrectableReported;

    /// <summary>Errors were found that cannot be mended, not all of them masked.</summary>
    public event Action? UncorrectableReported;

    public uint Read(int offset) => _registers.Read(offset);

    public void Write(int offset, uint value)
    {
        _registers.Write(offset, value);
        if (offset == RasRegisters.UncorrectableStatus)
        {
            uint left = _registers.Read(offset);
            _pending.RemoveAll(error => (left & (1u << error.Bit)) == 0);
            ShowFirst();
        }
    }

    /// <summary>Hardware found an error and mended it.</summary>
    public void RaiseCorrectable(int bit)
    {
        _registers.Raise(RasRegisters.CorrectableStatus, 1u << bit);
        if ((_registers.Read(RasRegisters.CorrectableMask) & (1u << bit)) == 0)
        {
            CorrectableReported?.Invoke();
        }
    }

    /// <summary>Hardware found errors that it cannot mend, all in one message at the most. The header of one shows once those before it are cleared.</summary>
    /// <param name="errors">Of each its bit of the status, and the message at fault: at most sixteen words of it are kept.</param>
    public void RaiseUncorrectable(params IReadOnlyList<(int Bit, uint[] Header)> errors)
    {
        foreach ((int bit, uint[] header) in errors)
        {
            _registers.Raise(RasRegisters.UncorrectableStatus, 1u << bit);
            if (_pending.Count < MostHeaders)
            {
                _pending.Add((bit, header));
                ShowFirst();
            }
        }

        uint masked = _registers.Read(RasRegisters.UncorrectableMask);
        if (errors.Any(error => (masked & (1u << error.Bit)) == 0))
        {
            UncorrectableReported?.Invoke();
        }
    }

    /// <summary>When all are cleared, the last header stays.</summary>
    private void ShowFirst()
    {
        if (_pending is not [var (bit, header), ..])
        {
            return;
        }

        _registers.Set(RasRegisters.Control, (uint)Bits.Set(_registers.Read(RasRegisters.Control), RasRegisters.FirstErrorHigh, RasRegisters.FirstErrorLow, (ulong)bit));
        for (int word = 0; word < RasRegisters.HeaderWords; word++)
        {
            _registers.Set(RasRegisters.HeaderLog + (4 * word), word < header.Length ? header[word] : 0);
        }
    }
}
