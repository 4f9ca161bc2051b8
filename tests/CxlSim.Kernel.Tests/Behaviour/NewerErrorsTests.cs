using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Answers of Linux 7.2 that are others than those of 6.12 (recordings 08-user-errors, linux7.2 variants).</summary>
public sealed class NewerErrorsTests
{
    [Theory]
    [InlineData("6.12", Errno.EINVAL, Errno.ENXIO, Errno.EINVAL)]
    [InlineData("7.2", Errno.EBUSY, Errno.EINVAL, Errno.ENODEV)]
    public void DecodersWithoutAMode_AnswerByVersion(string version, Errno size, Errno mode, Errno target)
    {
        MachineSession session = Booted(version, "os");
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000").Should().Be(size);
        session.Write(Given.Devices + "decoder2.0/mode", "pmem").Should().Be(mode);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/target0", "decoder2.0").Should().Be(target);
    }

    [Theory]
    [InlineData("7.2", "programmed", 6, "0")]
    [InlineData("7.2", "locked", 6, "1")] // the endpoint's decoder is
    [InlineData("7.2", "programmed", 22, "1")] // the window is
    public void Regions_ShowWhetherTheyAreLocked(string version, string firmware, int restrictions, string locked) =>
        Booted(version, firmware, restrictions).Text(Given.Devices + "region0/locked").Should().Be(locked);

    [Fact]
    public void Regions_HadNoSuchFile() => Booted("6.12", "locked").Read(Given.Devices + "region0/locked").Error.Should().Be(Errno.ENOENT);

    private static MachineSession Booted(string version, string firmware, int restrictions = 6) => Given.Booted($$"""
        kernel: {version: "{{version}}"}
        firmware: {decoders: {{firmware}} }
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB} }] }]
        windows: [{base: 0x1000000000, size: 512MiB, targets: [5], restrictions: {{restrictions}} }]
        """);
}
