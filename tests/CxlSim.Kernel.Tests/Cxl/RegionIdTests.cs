using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Every window keeps a number for its next region.</summary>
public sealed class RegionIdTests
{
    private readonly MachineSession _session = Given.Booted("""
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}, {base: 0x2000000000, size: 1GiB, targets: [5]}]
        """);

    [Fact]
    public void EveryWindow_HasItsOwnFromTheStart()
    {
        Next(0).Should().Be("region0");
        Next(1).Should().Be("region1");
    }

    [Theory]
    [InlineData("region1", Errno.EBUSY)]
    [InlineData("region9", Errno.EBUSY)]
    [InlineData("foo", Errno.EINVAL)]
    [InlineData("region", Errno.EINVAL)]
    [InlineData("regionx", Errno.EINVAL)]
    public void AnyOther_IsRefused(string name, Errno error) => Create(0, name).Should().Be(error);

    [Fact]
    public void CreatedRegions_TakeTheNextFreeNumber()
    {
        Create(0, "region0").Should().Be(Errno.Ok);

        Next(0).Should().Be("region2");
        Next(1).Should().Be("region1");
        Create(0, "region0").Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void DeletedRegions_GiveTheirNumberBack()
    {
        Create(0, "region0").Should().Be(Errno.Ok);
        Create(0, "region2").Should().Be(Errno.Ok);
        Next(0).Should().Be("region3");

        Delete(0, "region0").Should().Be(Errno.Ok);
        Next(0).Should().Be("region0", "the lower number is kept for the next");
        Create(1, "region1").Should().Be(Errno.Ok);

        Next(1).Should().Be("region3");
    }

    [Theory]
    [InlineData(1, "region0")]
    [InlineData(0, "region7")]
    [InlineData(0, "mem0")]
    public void Delete_KnowsOnlyTheWindowsOwn(int window, string name)
    {
        Create(0, "region0").Should().Be(Errno.Ok);

        Delete(window, name).Should().Be(Errno.ENODEV);
    }

    [Fact]
    public void FreshRegion_IsEmpty()
    {
        Create(0, "region0").Should().Be(Errno.Ok);

        string[] shown = [.. new[] { "commit", "size", "resource", "interleave_ways", "interleave_granularity", "uuid", "mode" }.Select(a => _session.Text($"{Given.Devices}region0/{a}"))];
        shown.Should().Equal("0", "0x0", "0xffffffffffffffff", "0", "0", string.Empty, "ram");
        _session.Read(Given.Devices + "region0/target0").Error.Should().Be(Errno.ENOENT);
    }

    private string Next(int window) => _session.Text($"{Given.Devices}decoder0.{window}/create_ram_region");

    private Errno Create(int window, string name) => _session.Write($"{Given.Devices}decoder0.{window}/create_ram_region", name);

    private Errno Delete(int window, string name) => _session.Write($"{Given.Devices}decoder0.{window}/delete_region", name);
}
