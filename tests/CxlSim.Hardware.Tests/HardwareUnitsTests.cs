namespace CxlSim.Hardware.Tests;

/// <summary>The components with registers, and who hears of their writes.</summary>
public class HardwareUnitsTests
{
    private readonly Bench _bench = new(Bench.OneDevice);

    private HardwareMachine Machine => _bench.Machine;

    [Fact]
    public void Units_GoFromTheBridgeDown() => Machine.Units.Select(unit => $"{unit.Name}: {string.Join(' ', unit.Blocks.Select(block => block.Name))}").Should().Equal(
        "host bridge 5: component", "host bridge 5 root port 7: component", $"{Machine.Devices[0].Description.Id}: component device");

    [Fact]
    public void Writes_AreHeardOf_AfterTheyAreDone()
    {
        List<string> heard = [];
        Machine.ConfigWritten += (function, offset, width, value) => heard.Add($"{function.Device:x2}.{function.Function} 0x{offset:x} {width} 0x{value:x} is 0x{function.ReadConfig(offset & ~3, 4):x}");
        Machine.RegisterWritten += (block, offset, width, value) => heard.Add($"{block.GetType().Name} 0x{offset:x} {width} 0x{value:x} is 0x{block.Read(offset):x}");

        Machine.WriteConfig(Bench.DeviceAt(0), 0x04, 2, 0xffff);
        Machine.WriteRegister(Bench.RegistersOf(0) + new Core.ByteSize(0x90), 8, 0x100004000);
        _bench.Write32(Bench.ComponentOf(0), 0x1084, 1);
        Machine.WriteConfig(new Core.Bdf(0, 0x77, 0, 0), 0x04, 2, 6);
        Machine.WriteRegister(new Core.Hpa(0x100), 4, 1);

        heard.Should().Equal("00.0 0x4 2 0xffff is 0x100006", "DeviceRegisterBlock 0x90 8 0x100004000 is 0x4000", "ComponentRegisterBlock 0x1084 4 0x1 is 0x1");
    }

    /// <summary>What the bus found last may have moved by a write that did not go over the bus.</summary>
    [Fact]
    public void Write_PastTheBus_MovesWhatLiesBelow()
    {
        Machine.ReadConfig(Bench.DeviceAt(0), 0, 4).Should().Be(0x0d938086);
        PciFunction port = Machine.Units[1].Function!;

        Machine.WriteConfig(port, 0x19, 2, 0x1212); // secondary and subordinate bus

        Machine.ReadConfig(Bench.DeviceAt(0), 0, 4).Should().Be(uint.MaxValue);
    }

    [Fact]
    public void Write_PastTheBus_MovesRegisters()
    {
        PciFunction device = Machine.Units[2].Function!;
        _bench.Read32(Bench.RegistersOf(0), 0x8c).Should().Be(0);

        Machine.WriteConfig(device, 0x04, 2, 0);

        _bench.Read32(Bench.RegistersOf(0), 0x8c).Should().Be(uint.MaxValue, "the function decodes no memory any more");
    }
}
