using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>A CXL 1.1 host: registers through the RCRB (8 KiB: downstream port, then upstream port), memory through ranges.</summary>
public class RcrbTests
{
    private const ulong Window = 0x10_0000_0000;
    private const int Dvsec = 0x10c;
    private static readonly Hpa Rcrb = new(0x2_0000_0000);
    private static readonly Bdf Device = new(0, 0x20, 0, 0);

    private readonly Bench _bench = new("""
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x200000000, type3: {volatile: 1GiB}}
        windows: [{base: 0x1000000000, size: 1GiB, targets: [3]}]
        """, opens: false);

    // Express type 9, a root complex integrated endpoint; no component BAR, device registers in BAR 2.
    [Fact]
    public void Device_IsAnEndpointOfTheRootComplex()
    {
        (_bench.Machine.ReadConfig(Device, 0x82, 2) >> 4 & 15).Should().Be(9);
        (_bench.Machine.ReadConfig(Device, 0x08, 4) >> 8).Should().Be(0x050210);
        _bench.Machine.WriteConfig(Device, 0x10, 4, uint.MaxValue);
        _bench.Machine.ReadConfig(Device, 0x10, 4).Should().Be(0);
        _bench.Machine.ReadConfig(Device, 0x154, 4).Should().Be(0, "the locator's first entry is empty");
        _bench.Machine.ReadConfig(Device, 0x15c, 4).Should().Be(0x0302);
    }

    [Fact]
    public void BothHalves_HaveIdsAndABarOf64KiB()
    {
        foreach (int half in new[] { 0, 0x1000 })
        {
            _bench.Read32(Rcrb, half).Should().NotBe(uint.MaxValue);
            _bench.Write32(Rcrb, half + 0x10, uint.MaxValue);
            _bench.Write32(Rcrb, half + 0x14, uint.MaxValue);
            _bench.Read32(Rcrb, half + 0x10).Should().Be(0xffff0004);
            _bench.Read32(Rcrb, half + 0x14).Should().Be(uint.MaxValue);
        }

        _bench.Read32(Rcrb, 0x2000).Should().Be(uint.MaxValue, "the block ends there");
    }

    [Theory]
    [InlineData(0, new uint[] { 2, 3, 4 })]
    [InlineData(0x1000, new uint[] { 2, 4, 5 })]
    public void ComponentRegisters_AnswerWhereTheBarPuts(int half, uint[] ids)
    {
        Hpa block = new(0x3_0000_0000);
        _bench.Write32(Rcrb, half + 0x10, 0);
        _bench.Write32(Rcrb, half + 0x14, 3);
        _bench.Read32(block, 0x1000).Should().Be(uint.MaxValue, "memory decoding is off");

        _bench.Write32(Rcrb, half + 0x04, 2);

        Enumerable.Range(1, 3).Select(i => _bench.Read32(block, 0x1000 + (4 * i)) & 0xffff).Should().Equal(ids);
    }

    [Fact]
    public void Link_IsInTheUpstreamHalf()
    {
        int express = (int)(_bench.Read32(Rcrb, 0x1034) & 0xff);
        (_bench.Read32(Rcrb, 0x1000 + express) & 0xff).Should().Be(0x10);
        (_bench.Read32(Rcrb, 0x1000 + express + 0x10) >> 16).Should().Be(0x0105, "sixteen lanes at 32 GT/s");
    }

    [Fact]
    public void Memory_ComesByTheRanges()
    {
        _bench.Machine.WriteConfig(Device, Dvsec + 0x20, 4, (uint)(Window >> 32));
        _bench.Store64(Window + 0x1000, 7).Should().Be(BusResult.DecodeError);

        _bench.Machine.WriteConfig(Device, Dvsec + 0x0c, 2, 0x0006);

        _bench.Store64(Window + 0x1000, 7).Should().Be(BusResult.Done);
        _bench.Media(0, 0x1000).Should().Be(7);
    }
}
