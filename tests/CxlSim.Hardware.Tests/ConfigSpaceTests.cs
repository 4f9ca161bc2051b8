using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

public class ConfigSpaceTests
{
    private readonly Bench _bench = new(Bench.OneDevice);

    private HardwareMachine Machine => _bench.Machine;

    // Ids and class as the recorded machine shows them (lspci of 01-single-volatile).
    [Fact]
    public void Identity_IsTheRecordedOne()
    {
        Machine.ReadConfig(Bench.DeviceAt(0), 0x00, 4).Should().Be(0x0d938086);
        Machine.ReadConfig(Bench.DeviceAt(0), 0x08, 4).Should().Be(0x05021001);
        Machine.ReadConfig(Bench.PortAt(0), 0x00, 4).Should().Be(0x70758086);
        (Machine.ReadConfig(Bench.PortAt(0), 0x08, 4) >> 8).Should().Be(0x060400);
        Machine.ReadConfig(Bench.PortAt(0), 0x0e, 1).Should().Be(1);
    }

    [Fact]
    public void Capabilities_OfTheDevice_AreTheRecordedOnes() => Capabilities(Bench.DeviceAt(0)).Should().Equal((0x40, 0x11), (0x80, 0x10));

    // The recorded DOE capability begins within the length that the one before it states, so its place is no model.
    [Fact]
    public void ExtendedCapabilities_OfTheDevice_LieWhereTheRecordingHasThem()
    {
        Extended(Bench.DeviceAt(0)).Take(5).Should().Equal((0x100, "3"), (0x10c, "1e98:0"), (0x148, "1e98:8"), (0x16c, "1e98:5"), (0x17c, "1e98:7"));
        Extended(Bench.DeviceAt(0)).Skip(5).Select(found => found.Id).Should().Equal("2e", "1");
    }

    [Fact]
    public void ExtendedCapabilities_OfThePort_AreTheRecordedOnes() =>
        Extended(Bench.PortAt(0)).Select(found => found.Id).Should().Equal("1", "d", "1e98:3", "1e98:4", "1e98:7", "1e98:8");

    [Fact]
    public void SerialNumber_IsTheDescribedOne()
    {
        Machine.ReadConfig(Bench.DeviceAt(0), 0x104, 4).Should().Be(0x89abcdef);
        Machine.ReadConfig(Bench.DeviceAt(0), 0x108, 4).Should().Be(0x01234567);
    }

    [Fact]
    public void PortNumber_StandsInTheLinkCapabilities()
    {
        int express = Capabilities(Bench.PortAt(0)).Single(found => found.Id == 0x10).Offset;
        (Machine.ReadConfig(Bench.PortAt(0), express + 0x0c, 4) >> 24).Should().Be(7);
        ((Machine.ReadConfig(Bench.PortAt(0), express + 0x02, 2) >> 4) & 15).Should().Be(4); // a root port
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x08)]
    [InlineData(0x34)]
    [InlineData(0x100)]
    [InlineData(0x110)]
    [InlineData(0x124)]
    [InlineData(0x154)]
    public void ReadOnlyRegisters_Stay(int offset)
    {
        uint before = Machine.ReadConfig(Bench.DeviceAt(0), offset, 4);
        Machine.WriteConfig(Bench.DeviceAt(0), offset, 4, ~before);
        Machine.ReadConfig(Bench.DeviceAt(0), offset, 4).Should().Be(before);
    }

    [Theory]
    [InlineData(0x10, 0xffff0004, 0xffffffff)]
    [InlineData(0x18, 0xfffff004, 0xffffffff)]
    [InlineData(0x20, 0xfffff000, 0x00000000)]
    public void Bar_TellsItsSize_WhenOnesAreWritten(int offset, uint low, uint high)
    {
        // The recorded sizes: 64 KiB and 4 KiB wide, 4 KiB narrow; the register after the narrow one is no BAR.
        Machine.WriteConfig(Bench.DeviceAt(0), offset, 4, uint.MaxValue);
        Machine.WriteConfig(Bench.DeviceAt(0), offset + 4, 4, uint.MaxValue);

        Machine.ReadConfig(Bench.DeviceAt(0), offset, 4).Should().Be(low);
        Machine.ReadConfig(Bench.DeviceAt(0), offset + 4, 4).Should().Be(high);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void AbsentFunction_ReadsOnes_AndTakesWrites(int width)
    {
        uint ones = (uint)((1UL << (8 * width)) - 1);
        foreach (Bdf absent in new[] { new Bdf(0, 0x11, 1, 0), new Bdf(0, 0x55, 0, 0), new Bdf(1, 0x10, 0, 0), new Bdf(0, 0x10, 0, 1) })
        {
            Machine.WriteConfig(absent, 0x10, width, 0);
            Machine.ReadConfig(absent, 0x10, width).Should().Be(ones);
        }
    }

    // Software that follows a broken list must not bring the machine down.
    [Theory]
    [InlineData(0xffe, 4)]
    [InlineData(0x1000, 1)]
    [InlineData(-4, 4)]
    public void AccessBeyondTheSpace_ReadsOnes(int offset, int width)
    {
        Machine.WriteConfig(Bench.DeviceAt(0), offset, width, 0);
        Machine.ReadConfig(Bench.DeviceAt(0), offset, width).Should().Be((uint)((1UL << (8 * width)) - 1));
    }

    private IEnumerable<(int Offset, uint Id)> Capabilities(Bdf function)
    {
        (Machine.ReadConfig(function, 0x06, 2) & 0x10).Should().Be(0x10);
        for (int offset = (int)Machine.ReadConfig(function, 0x34, 1), steps = 0; offset != 0; offset = (int)Machine.ReadConfig(function, offset + 1, 1))
        {
            (++steps).Should().BeLessThan(48);
            yield return (offset, Machine.ReadConfig(function, offset, 1));
        }
    }

    private IEnumerable<(int Offset, string Id)> Extended(Bdf function)
    {
        for (int offset = 0x100, steps = 0; offset != 0; offset = (int)(Machine.ReadConfig(function, offset, 4) >> 20))
        {
            (++steps).Should().BeLessThan(480);
            uint id = Machine.ReadConfig(function, offset, 2);
            yield return id == 0x23
                ? (offset, $"{Machine.ReadConfig(function, offset + 4, 2):x}:{Machine.ReadConfig(function, offset + 8, 2):x}")
                : (offset, $"{id:x}");
        }
    }
}
