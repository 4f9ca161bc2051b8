using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Hardware.Tests;

/// <summary>Locator, capability arrays, and what they lead to.</summary>
public class RegisterBlockTests
{
    private readonly Bench _bench = new(Bench.TwoDevices);

    // Block ids: 1 component registers, 3 device registers, 0 none (CXL r3.1 8.1.9).
    [Fact]
    public void Locator_LeadsToBlocksThatAnswer()
    {
        HardwareMachine machine = _bench.Machine;
        Bdf device = Bench.DeviceAt(0);
        const int locator = 0x148; // where the recording has it
        uint length = machine.ReadConfig(device, locator + 4, 4) >> 20;
        Dictionary<uint, Hpa> blocks = [];
        for (int entry = 0x0c; entry < length; entry += 8)
        {
            uint low = machine.ReadConfig(device, locator + entry, 4);
            ulong bar = machine.ReadConfig(device, 0x10 + (4 * (int)(low & 7)), 4) & ~0xfu;
            blocks[(low >> 8) & 0xff] = new Hpa(bar + (low & 0xffff0000));
        }

        blocks.Keys.Should().BeEquivalentTo(new uint[] { 1, 3, 0 });
        (_bench.Read32(blocks[1], 0x1000) & 0xffff).Should().Be(1);
        (_bench.Read32(blocks[3], 0) & 0xffff).Should().Be(0);
        _bench.Read32(blocks[3], 4).Should().Be(3);
    }

    [Fact]
    public void UnusedPartsOfTheBlock_ReadZeros_AndTakeWrites()
    {
        foreach (int offset in new[] { 0, 0xffc, 0x1ffc, 0x2000, 0xfffc })
        {
            _bench.Write32(Bench.ComponentOf(0), offset, uint.MaxValue);
            _bench.Read32(Bench.ComponentOf(0), offset).Should().Be(0);
        }
    }

    [Fact]
    public void WideAccess_IsTwoNarrowOnes()
    {
        Hpa decoder = Bench.ComponentOf(0) + new ByteSize(0x1000 + (_bench.Read32(Bench.ComponentOf(0), 0x100c) >> 20) + 0x10);

        _bench.Machine.WriteRegister(decoder, 8, 0x0123456790000000);

        _bench.Machine.ReadRegister(decoder, 8).Should().Be(0x0123456790000000);
        _bench.Machine.ReadRegister(decoder, 4).Should().Be(0x90000000);
        _bench.Machine.ReadRegister(decoder + new ByteSize(4), 4).Should().Be(0x01234567);
    }

    [Theory]
    [InlineData(4, 0xffffffff)]
    [InlineData(8, ulong.MaxValue)]
    public void AddressWithoutRegisters_ReadsOnes(int width, ulong ones)
    {
        _bench.Machine.WriteRegister(new Hpa(0x9000_0000), width, 0);
        _bench.Machine.ReadRegister(new Hpa(0x9000_0000), width).Should().Be(ones);
    }

    [Fact]
    public void DeviceArray_ListsStatusMailboxAndMemoryDevice()
    {
        Hpa block = Bench.RegistersOf(0);
        Enumerable.Range(1, 3).Select(i => _bench.Read32(block, 0x10 * i) & 0xffff).Should().Equal(1, 2, 0x4000);
    }

    [Fact]
    public void MediaStatus_BecomesReady_WhenTimeHasPassed()
    {
        Hpa block = Bench.RegistersOf(0);
        int status = (int)_bench.Read32(block, 0x34);
        ((_bench.Read32(block, status) >> 2) & 3).Should().Be(0);
        ((_bench.Read32(block, status) >> 4) & 1).Should().Be(1);

        _bench.Simulation.Spawn("wait", async () => await _bench.Simulation.Delay(SimDuration.Seconds(1)));
        _bench.Simulation.RunUntilIdle();

        ((_bench.Read32(block, status) >> 2) & 3).Should().Be(1);
    }
}
