using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Hardware;

/// <summary>The hardware behind cxl_test: mock units, and the control registers that make them new when the module is loaded again.</summary>
internal sealed class MockPlatform(Simulation simulation, TimingDescription timing) : IRegisterBlock
{
    private MockUnits _units = new(simulation, timing);
    private uint _startLow;

    /// <summary>Raised when other units answer than before.</summary>
    public event Action? Replaced;

    public IEnumerable<(AddressRange Range, IRegisterBlock Block)> Blocks =>
        _units.Blocks.Append((AddressRange.Of(MockLayout.Control, new ByteSize(MockControlRegisters.Size)), this));

    public IEnumerable<HardwareUnit> Units => _units.Units;

    private int PoisonLimit { get; set; } = MockControlRegisters.DefaultPoisonLimit;

    private int Poisoned => _units.Memdevs.Sum(memdev => memdev.Poison.Count);

    public uint Read(int offset) => offset switch
    {
        MockControlRegisters.PoisonLimit => (uint)PoisonLimit,
        MockControlRegisters.Poisoned => (uint)Poisoned,
        >= MockControlRegisters.Memdevs => At(offset, out int register)?.ReadControl(register) ?? 0,
        _ => 0,
    };

    public void Write(int offset, uint value)
    {
        switch (offset)
        {
            case MockControlRegisters.Start:
                _startLow = value;
                break;
            case MockControlRegisters.Start + 4:
                Start(new Hpa(((ulong)value << 32) | _startLow));
                break;
            case MockControlRegisters.PoisonLimit when value <= MockControlRegisters.MostPoisonLimit && Poisoned == 0:
                PoisonLimit = (int)value;
                LimitPoison();
                break;
            case >= MockControlRegisters.Memdevs:
                At(offset, out int register)?.WriteControl(register, value);
                break;
        }
    }

    private MockMemdev? At(int offset, out int register)
    {
        (int memdev, register) = Math.DivRem(offset - MockControlRegisters.Memdevs, MockControlRegisters.MemdevStride);
        return memdev < _units.Memdevs.Count ? _units.Memdevs[memdev] : null;
    }

    private void Start(Hpa autoRegion)
    {
        _units = new MockUnits(simulation, timing);
        _units.CommitAutoRegion(autoRegion);
        LimitPoison();
        Replaced?.Invoke();
    }

    private void LimitPoison()
    {
        foreach (MockMemdev memdev in _units.Memdevs)
        {
            memdev.Poison.InjectLimit = PoisonLimit;
        }
    }
}
