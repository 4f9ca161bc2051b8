using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>The single-device machine of the Linux documentation (driver-api/cxl/linux/example-configurations), as Linux shows it after the boot.</summary>
public class SingleDeviceDocumentTests
{
    private static readonly MachineSession Session = Boot();

    [Theory]
    [InlineData("decoder0.0", "5")]
    [InlineData("decoder1.0", "0")]
    [InlineData("decoder5.0", null)]
    public void Decoders_CarryTheDocumentedValues(string decoder, string? targets)
    {
        Read($"{decoder}/start").Should().Be("0xc050000000");
        Read($"{decoder}/size").Should().Be("0x2000000000");
        Read($"{decoder}/interleave_ways").Should().Be("1");
        Read($"{decoder}/interleave_granularity").Should().Be("256");
        if (targets is not null)
        {
            Read($"{decoder}/target_list").Should().Be(targets);
        }
    }

    [Fact]
    public void Region_IsAssembledAndCommitted()
    {
        Read("region0/resource").Should().Be("0xc050000000");
        Read("region0/size").Should().Be("0x2000000000");
        Read("region0/interleave_ways").Should().Be("1");
        Read("region0/target0").Should().Be("decoder5.0");
        Read("region0/commit").Should().Be("1");
    }

    [Fact]
    public void Memory_IsOnlineOnTheNodeOfTheDevice()
    {
        foreach (int block in new[] { 6154, 6700, 7177 })
        {
            Session.Read($"/sys/devices/system/memory/memory{block}/state").Text.TrimEnd().Should().Be("online");
        }

        Session.Read("/sys/bus/dax/devices/dax0.0/target_node").Text.TrimEnd().Should().Be("1");
    }

    [Fact]
    public void Iomem_NestsWindowRegionDaxAndRam() =>
        IomemView.Render(Session.Kernel.Iomem).Should().Contain(
            """
            c050000000-e04fffffff : CXL Window 0
              c050000000-e04fffffff : region0
                c050000000-e04fffffff : dax0.0
                  c050000000-e04fffffff : System RAM (kmem)
            """);

    private static MachineSession Boot()
    {
        MachineSession session = new(new SimulatedMachine(PlatformReader.ReadFile(RepositoryRoot.File("platforms/single-device.yaml")).Platform!));
        session.Boot().Should().BeTrue();
        return session;
    }

    private static string Read(string path) => Session.Read("/sys/bus/cxl/devices/" + path).Text.TrimEnd();
}
