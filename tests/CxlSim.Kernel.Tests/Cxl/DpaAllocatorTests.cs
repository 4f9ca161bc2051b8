using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Capacity of a device with 512 MiB of each kind, as written to its decoders (recording 06-pmem-and-volatile).</summary>
public sealed class DpaAllocatorTests
{
    private readonly MachineSession _session;
    private readonly LogSink _log;

    public DpaAllocatorTests() => _session = Given.Booted(
        """
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, persistent: 512MiB, serial: 0xabc0}}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5], restrictions: 0xf}]
        """,
        out _log);

    [Fact]
    public void Decoders_TakeInOrder_AndGiveBackInReverse()
    {
        Take(1, "ram", "0x10000000").Should().Be(Errno.EBUSY);
        _log.Lines.Should().Contain("cxl_port endpoint2: decoder2.1: expected decoder2.0");

        Take(0, "ram", "0x10000000").Should().Be(Errno.Ok);
        Take(1, "ram", "0x10000000").Should().Be(Errno.Ok);
        Resource(1).Should().Be("0x10000000");

        Write(0, "dpa_size", "0").Should().Be(Errno.EBUSY);
        _log.Lines.Should().Contain("cxl decoder2.0: expected decoder2.1");
        Write(1, "dpa_size", "0").Should().Be(Errno.Ok);
        Write(0, "dpa_size", "0").Should().Be(Errno.Ok);
        Resource(0).Should().Be("0xffffffffffffffff");
    }

    [Fact]
    public void FirstPersistentAllocation_SkipsTheVolatilePartition()
    {
        Take(0, "pmem", "0x10000000").Should().Be(Errno.Ok);
        Resource(0).Should().Be("0x20000000");

        Take(1, "ram", "0x10000000").Should().Be(Errno.ENOSPC);

        _log.Lines.Should().Contain("cxl decoder2.1: 0x0000000010000000 exceeds available ram capacity: 0x0000000000000000");
        Take(1, "pmem", "0x10000000").Should().Be(Errno.Ok);
        Resource(1).Should().Be("0x30000000");
    }

    [Fact]
    public void SkippedCapacity_ComesBackWithWhatSkippedIt()
    {
        Take(0, "pmem", "0x10000000").Should().Be(Errno.Ok);
        Write(0, "dpa_size", "0").Should().Be(Errno.Ok);

        Take(0, "ram", "0x20000000").Should().Be(Errno.Ok);
    }

    [Fact]
    public void VolatileThenPersistent_SkipsWhatIsLeft()
    {
        Take(0, "ram", "0x10000000").Should().Be(Errno.Ok);
        Take(1, "pmem", "0x20000000").Should().Be(Errno.Ok);

        Resource(1).Should().Be("0x20000000");
        CxlEndpointDecoder decoder = (CxlEndpointDecoder)_session.Kernel.Cxl.Bus.Find("decoder2.1")!;
        decoder.Dpa!.Skip.Should().Be(ByteSize.MiB(256));
    }

    [Theory]
    [InlineData("ram", "0x30000000", "ram capacity: 0x0000000020000000")]
    [InlineData("pmem", "0x30000000", "pmem capacity: 0x0000000020000000")]
    public void TooMuch_SaysWhatThereIs(string mode, string size, string capacity)
    {
        Take(0, mode, size).Should().Be(Errno.ENOSPC);

        _log.Lines.Should().Contain($"cxl decoder2.0: 0x0000000030000000 exceeds available {capacity}");
    }

    [Fact]
    public void AnotherSize_ReplacesTheFirst()
    {
        Take(0, "ram", "0x10000000").Should().Be(Errno.Ok);

        Write(0, "dpa_size", "0x20000000").Should().Be(Errno.Ok);

        _session.Text(Given.Devices + "decoder2.0/dpa_size").Should().Be("0x0000000020000000");
    }

    private Errno Take(int decoder, string mode, string size)
    {
        Write(decoder, "mode", mode).Should().Be(Errno.Ok);
        return Write(decoder, "dpa_size", size);
    }

    private Errno Write(int decoder, string attribute, string value) => _session.Write($"{Given.Devices}decoder2.{decoder}/{attribute}", value);

    private string Resource(int decoder) => _session.Text($"{Given.Devices}decoder2.{decoder}/dpa_resource");
}
