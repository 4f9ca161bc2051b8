using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The uuid of a region: persistent ones need it before their size.</summary>
public sealed class RegionUuidTests
{
    private const string Uuid = "39f0b672-43f7-418b-9cdc-9c2d9a595b08";
    private const string Null = "00000000-0000-0000-0000-000000000000";

    private readonly MachineSession _session = Given.Booted("""
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, persistent: 512MiB, serial: 0xabc0}}, {}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5], restrictions: 0xf}]
        """);

    public RegionUuidTests()
    {
        Write("decoder0.0/create_pmem_region", "region0").Should().Be(Errno.Ok);
        Write("decoder0.0/create_pmem_region", "region1").Should().Be(Errno.Ok);
    }

    [Theory]
    [InlineData("39F0B672-43f7-418b-9cdc-9c2d9a595b08\n", Errno.Ok, Uuid)] // shown in small letters
    [InlineData("39f0b672-43f7-418b-9cdc-9c2d9a595b08\0", Errno.Ok, Uuid)]
    [InlineData("39f0b672-43f7-418b-9cdc-9c2d9a595b08", Errno.EINVAL, Null)] // 36 bytes: nothing behind it
    [InlineData("39f0b672-43f7-418b-9cdc-9c2d9a595b08\n\n", Errno.EINVAL, Null)]
    [InlineData("39f0b672-43f7-418b-9cdc-9c2d9a595b0g\n", Errno.EINVAL, Null)]
    [InlineData("39f0b672+43f7-418b-9cdc-9c2d9a595b08\n", Errno.EINVAL, Null)]
    [InlineData("0x39f0b672-43f7-418b-9cdc-9c2d9a595b\n", Errno.EINVAL, Null)]
    [InlineData("00000000-0000-0000-0000-000000000000\n", Errno.EINVAL, Null)]
    [InlineData("\n", Errno.EINVAL, Null)]
    public void Store_TakesJustAUuid(string text, Errno error, string shown)
    {
        _session.Do("write", () => _session.Kernel.Sysfs.WriteAsync(Given.Devices + "region0/uuid", text)).Should().Be(error);

        _session.Text(Given.Devices + "region0/uuid").Should().Be(shown);
    }

    [Fact]
    public void EveryRegion_HasItsOwn()
    {
        Write("region0/uuid", Uuid).Should().Be(Errno.Ok);

        Write("region0/uuid", Uuid).Should().Be(Errno.Ok, "it has it already");
        Write("region1/uuid", Uuid).Should().Be(Errno.EBUSY);
        Write("region0/uuid", "39f0b672-43f7-418b-9cdc-9c2d9a595b09").Should().Be(Errno.Ok);
        Write("region1/uuid", Uuid).Should().Be(Errno.Ok, "nobody has it any more");
    }

    [Fact]
    public void Size_NeedsIt()
    {
        Write("region0/interleave_granularity", "256").Should().Be(Errno.Ok);
        Write("region0/interleave_ways", "1").Should().Be(Errno.Ok);
        Write("region0/size", "0x10000000").Should().Be(Errno.ENXIO);

        Write("region0/uuid", Uuid).Should().Be(Errno.Ok);
        Write("region0/size", "0x10000000").Should().Be(Errno.Ok);
    }

    [Fact]
    public void OnceTargetsAreComplete_ItStays()
    {
        Size_NeedsIt();
        Write("region0/uuid", "39f0b672-43f7-418b-9cdc-9c2d9a595b09").Should().Be(Errno.Ok, "there is no target yet");
        Write("decoder2.0/mode", "pmem").Should().Be(Errno.Ok);
        Write("decoder2.0/dpa_size", "0x10000000").Should().Be(Errno.Ok);
        Write("region0/target0", "decoder2.0").Should().Be(Errno.Ok);

        Write("region0/uuid", Uuid).Should().Be(Errno.EBUSY);
        Write("region0/uuid", "39f0b672-43f7-418b-9cdc-9c2d9a595b09").Should().Be(Errno.Ok);
    }

    [Fact]
    public void VolatileRegion_HasNone()
    {
        Write("decoder0.0/create_ram_region", "region2").Should().Be(Errno.Ok);

        _session.Text(Given.Devices + "region2/uuid").Should().BeEmpty();
        Write("region2/uuid", Uuid).Should().Be(Errno.EACCES);
    }

    [Theory]
    [InlineData("ram", Errno.EINVAL)]
    [InlineData("pmem", Errno.Ok)]
    public void Member_HasToBeOfTheSameKind(string mode, Errno error)
    {
        Size_NeedsIt();
        Write("decoder2.0/mode", mode).Should().Be(Errno.Ok);
        Write("decoder2.0/dpa_size", "0x10000000").Should().Be(Errno.Ok);

        Write("region0/target0", "decoder2.0").Should().Be(error);
    }

    private Errno Write(string path, string value) => _session.Write(Given.Devices + path, value);
}
