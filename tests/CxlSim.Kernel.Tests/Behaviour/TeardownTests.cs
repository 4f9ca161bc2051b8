using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A region is taken down while its memory is online: what is left depends on the way (recordings 16-teardown-online).</summary>
public sealed class TeardownTests
{
    private const string Machine = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges:
          - uid: 12
            bus: 0x0c
            last_bus: 0x0e
            component_registers: 0x480000000
            root_ports: [{type3: {id: device, volatile: 512MiB, serial: 0xabc0}}, {}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 512MiB, memdevs: [device]}}]
        """;

    private const string Whole = "CXL Window 0 > region0 > dax0.0 > System RAM (kmem)";
    private static readonly Hpa Start = new(0x4_9000_0000);

    [Fact]
    public void CreatedRegion_IsOnline()
    {
        MachineSession session = Given.AfterSteps(Machine);

        Blocks(session).Should().Be("146-149 online Normal");
        session.Around(Start).Should().Be(Whole);
        session.Machine.Resolve(Start)!.Device.Should().Be("device");
    }

    [Theory]
    [InlineData("/sys/bus/cxl/drivers/cxl_region/unbind", "region0", "1", true, Whole)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0", null, false, "CXL Window 0 > dax0.0 > System RAM (kmem)")]
    [InlineData("/sys/bus/cxl/devices/region0/commit", "0", "0", false, Whole)]
    [InlineData("/sys/bus/cxl/devices/region0/target0", "", "0", false, Whole)]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0", "0", false, Whole)]
    [InlineData("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0d:00.0", "0", false, Whole)]
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind", "endpoint2", "0", false, Whole)]
    public void Write_Succeeds_AndTheMemoryStaysOnline(string path, string value, string? commit, bool decodes, string iomem)
    {
        MachineSession session = Given.AfterSteps(Machine);

        session.Write(path, value).Should().Be(Errno.Ok);

        Blocks(session).Should().Be("146-149 online Normal", "only the tools take memory offline first");
        session.Around(Start).Should().Be(iomem);
        (session.Machine.Resolve(Start) is not null).Should().Be(decodes);
        if (commit is not null)
        {
            session.Text(Given.Devices + "region0/commit").Should().Be(commit);
        }
    }

    [Theory]
    [InlineData("/sys/bus/cxl/drivers/cxl_region/unbind", "region0")]
    [InlineData("/sys/bus/cxl/devices/region0/commit", "0")]
    public void WhereTheTargetStays_ItsCapacityStaysTaken(string path, string value)
    {
        MachineSession session = Given.AfterSteps(Machine);
        session.Write(path, value).Should().Be(Errno.Ok);

        session.Text(Given.Devices + "region0/target0").Should().Be("decoder2.0");
        session.Write(Given.Devices + "decoder2.1/mode", "ram").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.1/dpa_size", "0x10000000").Should().Be(Errno.ENOSPC);
    }

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0", "region0")]
    [InlineData("/sys/bus/cxl/devices/region0/target0", "", "region1")]
    public void WhereTheTargetIsFree_TheNextRegionTakesTheNextHole(string path, string value, string next)
    {
        MachineSession session = Given.AfterSteps(Machine);
        session.Write(path, value).Should().Be(Errno.Ok);
        string region = Given.Devices + next;

        session.Write(Given.Devices + "decoder0.0/create_ram_region", next).Should().Be(Errno.Ok);
        session.Write(region + "/interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(region + "/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(region + "/size", "0x10000000").Should().Be(Errno.Ok);

        session.Text(region + "/resource").Should().Be("0x4b0000000");
    }

    [Theory]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0")]
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind", "endpoint2")]
    public void WithoutItsEndpoint_TheMemdevHasNoDecoders(string path, string value)
    {
        MachineSession session = Given.AfterSteps(Machine);

        session.Write(path, value).Should().Be(Errno.Ok);

        session.Read(Given.Devices + "decoder2.0/mode").Error.Should().Be(Errno.ENOENT);
        session.Text(Given.Devices + "region0/target0").Should().BeEmpty();
    }

    [Fact]
    public void CxlDaxRegionDriver_HasNoUnbindFile()
    {
        MachineSession session = Given.AfterSteps(Machine);

        session.Write("/sys/bus/cxl/drivers/cxl_dax_region/unbind", "dax_region0").Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void DeviceThatIsUnbound_IsNoMemdevAnyMore()
    {
        MachineSession session = Given.AfterSteps(Machine);

        session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0d:00.0").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
    }

    [Fact]
    public void LeakedMemory_IsNotBoundAgain()
    {
        MachineSession session = Given.AfterSteps(Machine);
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Write("/sys/bus/dax/drivers/kmem/bind", "dax0.0").Should().Be(Errno.EBUSY);
    }

    private static string Blocks(MachineSession session)
    {
        MemoryBlock[] blocks = [.. session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory)];
        string states = string.Join(',', blocks.Select(block => block.State.ToString().ToLowerInvariant()).Distinct());
        return $"{ListFormat.Of(blocks.Select(block => (int)block.Id))} {states} {string.Join(',', blocks.Select(block => block.Zone?.Name).Distinct())}";
    }
}
