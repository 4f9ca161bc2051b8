using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The windows of the mock platform, with modulo and with XOR arithmetic (fact sheet 20, 6.2).</summary>
public class MockWindowTests
{
    private const ulong GiB = 1UL << 30;
    private static readonly Lazy<MachineSession> Modulo = new(() => MockMachine.Loaded());
    private static readonly Lazy<MachineSession> Xor = new(() => MockMachine.Loaded("interleave_arithmetic=1"));

    [Theory]
    [InlineData(0, 0x0000_0000, GiB, 1, 256, "0", "ram")]
    [InlineData(1, 0x4000_0000, 2 * GiB, 2, 4096, "0,1", "ram")]
    [InlineData(2, 0xc000_0000, GiB, 1, 256, "0", "pmem")]
    [InlineData(3, 0x1_0000_0000, 2 * GiB, 2, 4096, "0,1", "pmem")]
    [InlineData(4, 0x1_8000_0000, GiB, 1, 256, "2", "pmem")]
    [InlineData(5, 0x1_c000_0000, GiB / 4, 1, 256, "3", "ram")]
    public void ModuloWindows(int window, ulong offset, ulong size, int ways, int granularity, string targets, string kind) =>
        Verify(Modulo.Value, window, offset, size, ways, granularity, targets, kind);

    [Theory]
    [InlineData(0, 0x0000_0000, 2 * GiB, 1, 256, "0", "pmem")]
    [InlineData(1, 0x8000_0000, 2 * GiB, 2, 256, "0,1", "pmem")]
    [InlineData(2, 0x1_0000_0000, 3 * GiB, 3, 512, "0,1,2", "pmem")]
    public void XorWindows(int window, ulong offset, ulong size, int ways, int granularity, string targets, string kind)
    {
        Verify(Xor.Value, window, offset, size, ways, granularity, targets, kind);
        ((CxlRootDecoder)Xor.Value.Kernel.Cxl.Bus.Find($"decoder0.{window}")!).XorMaps.Should().NotBeNull();
    }

    [Fact]
    public void Windows_AreAllThereAre()
    {
        Modulo.Value.Kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Should().HaveCount(6).And.OnlyContain(window => window.XorMaps == null);
        Xor.Value.Kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Should().HaveCount(3);
    }

    private static void Verify(MachineSession session, int window, ulong offset, ulong size, int ways, int granularity, string targets, string kind)
    {
        string decoder = $"decoder0.{window}/";
        session.Cxl(decoder + "start").Should().Be($"0x{MockMachine.Windows + offset:x}");
        session.Cxl(decoder + "size").Should().Be($"0x{size:x}");
        session.Cxl(decoder + "interleave_ways").Should().Be($"{ways}");
        session.Cxl(decoder + "interleave_granularity").Should().Be($"{granularity}");
        session.Cxl(decoder + "target_list").Should().Be(targets);
        session.Cxl(decoder + "qos_class").Should().Be("42");
        session.Cxl(decoder + "cap_ram").Should().Be(kind == "ram" ? "1" : "0");
        session.Cxl(decoder + "cap_pmem").Should().Be(kind == "pmem" ? "1" : "0");
        session.Cxl(decoder + "cap_type3").Should().Be("1");
        session.Iomem().Should().Contain($"{MockMachine.Windows + offset:x}-{MockMachine.Windows + offset + size - 1:x} : CXL Window {window}\n");
    }
}
