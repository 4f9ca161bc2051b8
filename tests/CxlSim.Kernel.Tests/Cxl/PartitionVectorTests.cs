using System.Globalization;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Capacity of a device with 1 GiB of each kind, write by write (fact sheet on the CXL driver, group K).</summary>
public sealed class PartitionVectorTests
{
    private const string MiB256 = "0x10000000";
    private const string MiB512 = "0x20000000";

    private readonly MachineSession _session = Given.Booted(
        """
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB, persistent: 1GiB, serial: 0xabc0}}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5], restrictions: 0xf}]
        """);

    [Fact]
    public void K1_To_K3_PersistentFirst_SkipsAllVolatileMemory()
    {
        Take(0, "pmem", MiB256).Should().Be(Errno.Ok);
        Taken(0).Should().Be((0x4000_0000, 0x4000_0000));
        Take(1, "pmem", MiB256).Should().Be(Errno.Ok);
        Taken(1).Should().Be((0x5000_0000, 0));
        Take(2, "ram", MiB256).Should().Be(Errno.ENOSPC);
    }

    [Fact]
    public void K4_K5_K8_PersistentAfterHalfTheVolatileMemory_SkipsTheOtherHalf()
    {
        Take(0, "ram", MiB512).Should().Be(Errno.Ok);
        Take(1, "pmem", MiB256).Should().Be(Errno.Ok);
        Taken(0).Should().Be((0, 0));
        Taken(1).Should().Be((0x4000_0000, 0x2000_0000));
        Take(2, "ram", MiB256).Should().Be(Errno.ENOSPC, "what was skipped reaches to the end of the volatile memory");
        Write(0, "dpa_size", "0").Should().Be(Errno.EBUSY, "only the highest decoder may be freed");
    }

    [Fact]
    public void K6_PersistentAfterAllVolatileMemory_SkipsNothing()
    {
        Take(0, "ram", "0x40000000").Should().Be(Errno.Ok);
        Take(1, "pmem", MiB512).Should().Be(Errno.Ok);
        Taken(1).Should().Be((0x4000_0000, 0));
    }

    [Theory]
    [InlineData("K7", 1, "pmem", MiB256, Errno.EBUSY)]
    [InlineData("K9", 0, "ram", "0x80000000", Errno.ENOSPC)]
    [InlineData("K10", 0, "ram", "0x6400000", Errno.EINVAL)]
    public void OfAFreshDevice_IsRefused(string row, int decoder, string mode, string size, Errno expected) => Take(decoder, mode, size).Should().Be(expected, row);

    private Errno Take(int decoder, string mode, string size)
    {
        Write(decoder, "mode", mode).Should().Be(Errno.Ok);
        return Write(decoder, "dpa_size", size);
    }

    private Errno Write(int decoder, string attribute, string value) => _session.Write($"{Given.Devices}decoder2.{decoder}/{attribute}", value);

    /// <summary>What sysfs shows as the start, and what was left out before it.</summary>
    private (ulong Start, ulong Skip) Taken(int decoder)
    {
        ulong start = ulong.Parse(_session.Text($"{Given.Devices}decoder2.{decoder}/dpa_resource")[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (start, ((CxlEndpointDecoder)_session.Kernel.Cxl.Bus.Find($"decoder2.{decoder}")!).Dpa!.Skip.Bytes);
    }
}
