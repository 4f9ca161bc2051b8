using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>What a bridge's registers hide and show.</summary>
public class BridgeTests
{
    private readonly Bench _bench = new(Bench.TwoDevices);

    private HardwareMachine Machine => _bench.Machine;

    private bool Answers(int device) => _bench.Read32(Bench.ComponentOf(device), 0x1000) != uint.MaxValue;

    [Fact]
    public void OpenWindows_ShowEachDeviceAtItsPlace()
    {
        Answers(0).Should().BeTrue();
        Answers(1).Should().BeTrue();
    }

    [Theory]
    [InlineData(0x04, 2, 0)]
    [InlineData(0x20, 2, 0xd010)]
    [InlineData(0x22, 2, 0xcff0)]
    public void PortThatDoesNotForward_HidesTheBars_OfItsDeviceOnly(int offset, int width, uint value)
    {
        Machine.WriteConfig(Bench.PortAt(0), offset, width, value);

        Answers(0).Should().BeFalse();
        Answers(1).Should().BeTrue();
    }

    [Fact]
    public void ClosedWindow_OpensAgain()
    {
        Machine.WriteConfig(Bench.PortAt(0), 0x22, 2, 0xcff0);
        Answers(0).Should().BeFalse();
        Machine.WriteConfig(Bench.PortAt(0), 0x22, 2, 0xd000);
        Answers(0).Should().BeTrue();
    }

    [Fact]
    public void PrefetchableWindow_ForwardsAboveFourGigabytes()
    {
        Machine.WriteConfig(Bench.DeviceAt(0), 0x14, 4, 0x20);
        Answers(0).Should().BeFalse();

        Machine.WriteConfig(Bench.PortAt(0), 0x24, 2, 0xd000);
        Machine.WriteConfig(Bench.PortAt(0), 0x26, 2, 0xd000);
        Machine.WriteConfig(Bench.PortAt(0), 0x28, 4, 0x20);
        Machine.WriteConfig(Bench.PortAt(0), 0x2c, 4, 0x20);

        (_bench.Read32(new Hpa(0x20d0000000), 0x1000) & 0xffff).Should().Be(1);
    }

    [Fact]
    public void DeviceThatDoesNotDecode_HidesItsBars()
    {
        Machine.WriteConfig(Bench.DeviceAt(1), 0x04, 2, 4);
        Answers(1).Should().BeFalse();
        Answers(0).Should().BeTrue();
    }

    [Fact]
    public void MovedBar_AnswersAtItsNewPlaceOnly()
    {
        Machine.WriteConfig(Bench.DeviceAt(0), 0x10, 4, (uint)Bench.RoomOf(0).Value + 0x40000);

        Answers(0).Should().BeFalse();
        (_bench.Read32(Bench.RoomOf(0), 0x41000) & 0xffff).Should().Be(1);
    }

    [Fact]
    public void OfBarsOnOneAnother_TheFirstAnswers_ToItsEnd()
    {
        Bench bench = new(Bench.OneDevice);
        uint registers = bench.Read32(Bench.RegistersOf(0), 0);
        bench.Machine.WriteConfig(Bench.DeviceAt(0), 0x18, 4, (uint)Bench.ComponentOf(0).Value + 0x8000);

        (bench.Read32(Bench.ComponentOf(0), 0x1000) & 0xffff).Should().Be(1);
        bench.Read32(Bench.ComponentOf(0), 0x8000).Should().NotBe(registers);
        bench.Read32(Bench.ComponentOf(0), 0xfffc).Should().NotBe(uint.MaxValue);

        bench.Machine.WriteConfig(Bench.DeviceAt(0), 0x18, 4, (uint)Bench.RegistersOf(0).Value);
        bench.Read32(Bench.RegistersOf(0), 0).Should().Be(registers);
    }

    [Theory]
    [InlineData(0x19, 0x20, 0x11, false)]
    [InlineData(0x1a, 0x10, 0x11, false)]
    [InlineData(0x19, 0x00, 0x11, false)]
    [InlineData(0x1a, 0x11, 0x11, true)]
    public void BusNumbers_DecideWhetherTheDeviceIsReached(int offset, uint value, byte bus, bool reached)
    {
        Machine.WriteConfig(Bench.PortAt(0), offset, 1, value);
        (Machine.ReadConfig(new Bdf(0, bus, 0, 0), 0x00, 2) == 0x8086).Should().Be(reached);
    }

    [Fact]
    public void RenumberedBus_MovesTheDevice()
    {
        Bench bench = new("""
            memory: {dram: 2GiB, cpus: 1}
            host_bridges: [{uid: 5, bus: 0x10, last_bus: 0x2f, root_ports: [{at: 00.0, type3: {volatile: 1GiB}}]}]
            """);
        bench.Machine.WriteConfig(Bench.PortAt(0), 0x1a, 1, 0x22);
        bench.Machine.ReadConfig(Bench.DeviceAt(0), 0x00, 2).Should().Be(0x8086, "it is the function found last now");
        bench.Machine.WriteConfig(Bench.PortAt(0), 0x19, 1, 0x22);

        bench.Machine.ReadConfig(Bench.DeviceAt(0), 0x00, 2).Should().Be(0xffff);
        bench.Machine.ReadConfig(new Bdf(0, 0x22, 0, 0), 0x00, 2).Should().Be(0x8086);
    }
}
