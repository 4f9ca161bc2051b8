using CxlSim.Core;
using CxlSim.Hardware;
using CxlSim.Spec.Pci;

namespace CxlSim.Machine;

/// <summary>The components of the hardware as a debugger sees them, and which of them a write reached.</summary>
internal sealed class RegisterMap
{
    private const string Config = "config";

    private HardwareMachine _hardware;
    private readonly Func<PciFunction, string?> _kernelName;
    private readonly Dictionary<object, (RegisterUnit Unit, RegisterSpace Space)> _byRegisters = [];
    private IReadOnlyList<HardwareUnit>? _known;
    private IReadOnlyList<RegisterUnit> _units = [];
    private Action<RegisterWrite>? _written;

    public RegisterMap(HardwareMachine hardware, Func<PciFunction, string?> kernelName)
    {
        _hardware = hardware;
        _kernelName = kernelName;
    }

    /// <summary>Costs nothing while nobody listens.</summary>
    public event Action<RegisterWrite>? Written
    {
        add
        {
            if (_written is null)
            {
                _hardware.ConfigWritten += TellConfig;
                _hardware.RegisterWritten += Tell;
            }

            _written += value;
        }

        remove
        {
            _written -= value;
            if (_written is null)
            {
                _hardware.ConfigWritten -= TellConfig;
                _hardware.RegisterWritten -= Tell;
            }
        }
    }

    /// <summary>From the host bridges down; the same objects as long as the hardware has the same components.</summary>
    public IReadOnlyList<RegisterUnit> Units
    {
        get
        {
            if (_known != _hardware.Units)
            {
                _byRegisters.Clear();
                _known = _hardware.Units;
                _units = [.. _known.Select(New)];
            }

            return _units;
        }
    }

    /// <summary>From now on of other hardware: the machine was reset.</summary>
    public void Follow(HardwareMachine hardware)
    {
        if (_written is not null)
        {
            _hardware.ConfigWritten -= TellConfig;
            _hardware.RegisterWritten -= Tell;
            hardware.ConfigWritten += TellConfig;
            hardware.RegisterWritten += Tell;
        }

        _hardware = hardware;
    }

    private RegisterUnit New(HardwareUnit unit)
    {
        List<RegisterSpace> spaces = [];
        if (unit.Function is { } function)
        {
            spaces.Add(new RegisterSpace(
                Config, 0, PciConfig.Size, offset => function.ReadConfig(offset, 4), (offset, width, value) => _hardware.WriteConfig(function, offset, width, Bits.Low32(value)), hasNarrowWrites: true));
        }

        foreach (HardwareRegisters registers in unit.Blocks)
        {
            spaces.Add(new RegisterSpace(
                registers.Name, registers.First, registers.Size, registers.Block.Read, (offset, width, value) => _hardware.WriteRegister(registers.Block, offset, width, value), hasNarrowWrites: false));
        }

        RegisterUnit known = new(unit.Name, spaces, () => unit.Function is { } at ? _hardware.AddressOf(at) : null, () => unit.Function is { } named ? _kernelName(named) : null);
        IEnumerable<object> answering = unit.Blocks.Select(registers => (object)registers.Block);
        foreach ((object registers, RegisterSpace space) in (unit.Function is { } first ? answering.Prepend(first) : answering).Zip(spaces))
        {
            _byRegisters.TryAdd(registers, (known, space));
        }

        return known;
    }

    private void TellConfig(PciFunction function, int offset, int width, uint value) => TellOf(function, offset, width, value);

    private void Tell(IRegisterBlock block, int offset, int width, ulong value) => TellOf(block, offset, width, value);

    private void TellOf(object registers, int offset, int width, ulong value)
    {
        if (Units.Count > 0 && _byRegisters.TryGetValue(registers, out (RegisterUnit Unit, RegisterSpace Space) found))
        {
            _written?.Invoke(new RegisterWrite(found.Unit, found.Space, offset, width, value));
        }
    }
}
