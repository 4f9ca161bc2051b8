using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>Capability arrays of all kinds of components, and the registers of RAS and link.</summary>
public class ComponentCapabilityTests
{
    private const string Switch = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports: [{at: 00.0, type3: {volatile: 256MiB}}, {at: 01.0, switch: {ports: [{}, {}]}}]
        """;

    private readonly Bench _bench = new(Bench.TwoDevices);

    private Hpa Ras => Bench.ComponentOf(0) + new ByteSize(0x1080);

    private Hpa Link => Bench.ComponentOf(0) + new ByteSize(0x10d8);

    // As the kernel's log of 02-hb-interleave-2way, 03-rp-interleave-2way and 04-switch-4way lists ids and places.
    [Fact]
    public void Arrays_AreTheRecordedOnes()
    {
        Bench switched = new(Switch);
        RootBridge bridge = switched.Machine.Bridges[0];
        CxlPort rootPort = (CxlPort)bridge.Functions[1];
        CxlPort upstream = (CxlPort)rootPort.Children[0];
        Array(switched.Machine.Devices[0].Components).Should().Equal((2, 0x80), (4, 0xd8), (5, 0x128));
        Array(rootPort.Components).Should().Equal((2, 0x80), (4, 0xd8), (0, 0), (6, 0x278), (8, 0xaa0));
        Array(upstream.Components).Should().Equal((2, 0x80), (4, 0xd8), (5, 0x128));
        Array(((CxlPort)upstream.Children[1]).Components).Should().Equal((2, 0x80), (4, 0xd8));
        Array(bridge.Components!).Should().Equal((0, 0), (4, 0xd8), (5, 0x128), (6, 0x278), (8, 0xaa0));
        Array(new Bench(Bench.OneDevice).Machine.Bridges[0].Components!).Should().Equal((0, 0), (4, 0xd8), (0, 0x128), (6, 0x278), (8, 0xaa0));
    }

    [Fact]
    public void BridgeWithManyDecoders_HasItsOtherCapabilitiesBehindThem()
    {
        Bench bench = new(Bench.TwoDevices.Replace("bus: 0x10", "bus: 0x10\n    hdm_decoders: 32", StringComparison.Ordinal));
        const int lastDecoder = 0x1000 + 0x128 + 0x10 + (31 * 0x20);
        Hpa block = bench.Machine.Bridges[0].Description.Cxl!.ComponentRegisters;
        bench.Write32(block, lastDecoder, 0xf000_0000);
        bench.Read32(block, lastDecoder).Should().Be(0xf000_0000);
        Array(bench.Machine.Bridges[0].Components!)[3].Offset.Should().BeGreaterThanOrEqualTo(0x128 + 0x410);
    }

    // Bits 11:0 and 16:14 of the uncorrectable errors, 6:0 of the correctable ones, multiple headers at bit 9.
    [Fact]
    public void Ras_HidesAllErrorsAtPowerOn()
    {
        Read(Ras, 0x00).Should().Be(0);
        Read(Ras, 0x04).Should().Be(0x1cfff);
        Read(Ras, 0x08).Should().Be(0x1cfff);
        Read(Ras, 0x0c).Should().Be(0);
        Read(Ras, 0x10).Should().Be(0x7f);
        Read(Ras, 0x14).Should().Be(0x200);
    }

    [Theory]
    [InlineData(0x00, 0x1cfff, 0)]
    [InlineData(0x04, 0, 0)]
    [InlineData(0x04, uint.MaxValue, 0x1cfff)]
    [InlineData(0x08, 0x4001, 0x4001)]
    [InlineData(0x0c, 0x7f, 0)]
    [InlineData(0x10, 0x2, 0x2)]
    [InlineData(0x14, uint.MaxValue, 0x2200)]
    [InlineData(0x18, uint.MaxValue, 0)]
    [InlineData(0x54, uint.MaxValue, 0)]
    public void Ras_KeepsWhatSoftwareMayChange(int offset, uint written, uint kept)
    {
        _bench.Machine.WriteRegister(Ras + new ByteSize((ulong)offset), 4, written);
        Read(Ras, offset).Should().Be(kept);
    }

    [Fact]
    public void StatusBits_GoWhenOnesAreWritten()
    {
        MaskedRegisters registers = new MaskedRegisters(8).With(4, 0, cleared: 0xf);
        registers.Raise(4, 0x16);
        registers.Write(4, 0x12);
        registers.Read(4).Should().Be(0x14, "bit 1 was one and taken back, bit 4 is none that software clears");
    }

    /// <summary>The header and the pointer are the first error's that is not cleared; clearing it shows the next (CXL r3.1 8.2.4.17.6).</summary>
    [Fact]
    public void Errors_ShowTheirHeaders_OneAfterTheOther()
    {
        RasBlock ras = new();
        ras.RaiseUncorrectable((1, [0x1111, 5]));
        ras.RaiseUncorrectable((6, [0x2222]));
        Shown().Should().Be((0x42u, 1u, 0x1111u, 5u));

        ras.Write(0x00, 1 << 1);
        Shown().Should().Be((0x40u, 6u, 0x2222u, 0u));

        ras.Write(0x00, 1 << 6);
        ras.RaiseUncorrectable((2, [0x4444]));
        Shown().Should().Be((0x04u, 2u, 0x4444u, 0u));

        (uint Status, uint First, uint Header, uint Next) Shown() => (ras.Read(0x00), ras.Read(0x14) & 0x3f, ras.Read(0x18), ras.Read(0x1c));
    }

    // Bits 4:3 of control and status: 3 when initialisation is done.
    [Fact]
    public void Link_IsUp() => (Read(Link, 0x08) >> 3 & 3).Should().Be(3);

    private uint Read(Hpa block, int offset) => _bench.Read32(block, offset);

    private static (uint Id, uint Offset)[] Array(ComponentRegisterBlock block)
    {
        uint header = block.Read(0x1000);
        (header & 0xff_ffff).Should().Be(0x110001);
        return [.. Enumerable.Range(1, (int)(header >> 24)).Select(i => block.Read(0x1000 + (4 * i))).Select(entry => (entry & 0xffff, entry >> 20))];
    }
}
