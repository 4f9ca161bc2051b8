using CxlSim.Core;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Hardware.Tests;

/// <summary>The mock devices of cxl_test as registers at the top of the address space, and their control registers.</summary>
public class MockPlatformTests
{
    private const string Mocks = "kernel: {cxl_test: true}\nmemory: {dram: 2GiB, cpus: 1}";
    private const ulong Pool = 0x3ff0_0000_0000;
    private const ulong Start = Pool + 0x80_0000;

    /// <summary>HDM capability: eight decoders is code 4 in bits 3:0, targets in bits 7:4, and all ways to interleave (CXL r3.1 8.2.4.20.1).</summary>
    [Theory]
    [InlineData(0x00_0000ul, 0x1f24)] // the first host bridge
    [InlineData(0x02_0000ul, 0x1f24)] // the one with a single root port: its decoders tell two apart too
    [InlineData(0x14_0000ul, 0x1f24)] // the last switch
    [InlineData(0x20_0000ul, 0x1f04)] // the first device
    [InlineData(0x2a_0000ul, 0x1f04)] // the CXL 1.1 device, to whose registers the RCRB leads
    public void Units_HaveEightDecoders(ulong block, uint capability) =>
        Read(new Bench(Mocks, opens: false), Pool + block + 0x1000 + 0x128).Should().Be(capability);

    [Fact]
    public void Machine_WithoutThem_HasNothingThere() =>
        Read(new Bench("memory: {dram: 2GiB, cpus: 1}", opens: false), Pool + 0x1000).Should().Be(uint.MaxValue);

    [Fact]
    public void Start_CommitsTheRegionAndForgetsTheRest()
    {
        Bench bench = new(Mocks, opens: false);
        const ulong decoder7 = Pool + 0x20_0000 + 0x1000 + 0x128 + 0x10 + (7 * 0x20); // of device 0
        const ulong decoder0 = decoder7 - (7 * 0x20);
        Write(bench, decoder7, 0x5000_0000);

        Write(bench, Start, 0x1000_0000);
        Write(bench, Start + 4, 0x3ff0);
        bench.Simulation.RunUntilIdle();

        Read(bench, decoder7).Should().Be(0);
        Read(bench, decoder0).Should().Be(0x1000_0000);
        Read(bench, decoder0 + 4).Should().Be(0x3ff0);
        Read(bench, decoder0 + 8).Should().Be(0x2000_0000);
        Read(bench, decoder0 + 0x10).Should().Be(0x1614, "host only, committed, two ways, 4 KiB");
        Read(bench, Pool + 0x10_0000 + 0x1000 + 0x128 + 0x10 + 0x14).Should().Be(0x400, "the switch sends every second page to its port 4");
        Read(bench, Pool + 0x1000 + 0x128 + 0x10 + 0x10).Should().Be(0x1604, "the host bridge has one way");
    }

    [Fact]
    public void PoisonLimit_TakesUpTo128()
    {
        Bench bench = new(Mocks, opens: false);
        Read(bench, Start + 8).Should().Be(8);

        Write(bench, Start + 8, 129);
        Read(bench, Start + 8).Should().Be(8);
        Write(bench, Start + 8, 128);
        Read(bench, Start + 8).Should().Be(128);
        Read(bench, Start + 0xc).Should().Be(0, "no line is poisoned");
    }

    [Fact]
    public void Layout_IsWhereTheModuleLooks() => MockLayout.Control.Value.Should().Be(Start);

    private static uint Read(Bench bench, ulong address) => bench.Read32(new Hpa(address), 0);

    private static void Write(Bench bench, ulong address, uint value) => bench.Write32(new Hpa(address), 0, value);
}
