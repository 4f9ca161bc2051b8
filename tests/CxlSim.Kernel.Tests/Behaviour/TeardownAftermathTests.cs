using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>What stands after an online region was taken down, and what a second <c>cxl create-region</c> makes of it (recordings 16-teardown-online).</summary>
public sealed class TeardownAftermathTests
{
    /// <summary>The first step makes the region that is torn down, the second is the second attempt.</summary>
    private const string Machine = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges:
          - uid: 12
            bus: 0x0c
            last_bus: 0x0e
            component_registers: 0x480000000
            root_ports: [{type3: {id: device, volatile: 512MiB, serial: 0xabc0}}, {}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps:
          - create-region: {decoder: decoder0.0, size: 512MiB, memdevs: [device]}
          - create-region: {decoder: decoder0.0, size: 256MiB, memdevs: [device]}
        """;

    private const string Ports = "decoder0.0 decoder1.0 decoder1.1 decoder1.2 decoder1.3";
    private const string Endpoint = "decoder2.0 decoder2.1 decoder2.2 decoder2.3 endpoint2";
    private const string Whole = "CXL Window 0 > region0 > dax0.0 > System RAM (kmem)";
    private const string Committed = "start=0x490000000 size=0x20000000 target_list=0 region=region0";
    private const string Reset = "start=0x490000000 size=0x20000000 target_list=0 region=";
    private const string NoSpace = "/sys/bus/cxl/devices/decoder2.1/dpa_size 268435456: ENOSPC";
    private const string NoMemdev = "no active memdev device below decoder0.0";
    private static readonly Hpa Start = new(0x4_9000_0000);

    [Theory]
    [InlineData("rmmod kmem", $"dax_region0 {Ports} {Endpoint} mem0 nvdimm-bridge0 port1 region0 root0", Committed, "1 cxl_region", "dax0.0 ", Whole, NoSpace)]
    [InlineData("rmmod dax_cxl", $"dax_region0 {Ports} {Endpoint} mem0 nvdimm-bridge0 port1 region0 root0", Committed, "1 cxl_region", "", Whole, NoSpace)]
    [InlineData(
        "/sys/bus/cxl/drivers/cxl_region/unbind region0", $"{Ports} {Endpoint} mem0 nvdimm-bridge0 port1 region0 root0", Committed, "1 ", "", Whole, NoSpace)]
    [InlineData(
        "/sys/bus/cxl/devices/region0/commit 0", $"{Ports} {Endpoint} mem0 nvdimm-bridge0 port1 region0 root0", Committed, "0 ", "", Whole, NoSpace)]
    [InlineData(
        "/sys/bus/cxl/devices/region0/target0 ", $"{Ports} {Endpoint} mem0 nvdimm-bridge0 port1 region0 root0", Reset, "0 ", "", Whole, "region1 0x4b0000000 256 MiB")]
    [InlineData(
        "/sys/bus/cxl/devices/decoder0.0/delete_region region0",
        $"{Ports} {Endpoint} mem0 nvdimm-bridge0 port1 root0",
        Reset,
        "",
        "",
        "CXL Window 0 > dax0.0 > System RAM (kmem)",
        "region0 0x4b0000000 256 MiB")]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind mem0", $"{Ports} mem0 nvdimm-bridge0 port1 region0 root0", Reset, "0 ", "", Whole, NoMemdev)]
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind endpoint2", $"{Ports} mem0 nvdimm-bridge0 port1 region0 root0", Reset, "0 ", "", Whole, NoMemdev)]
    [InlineData("/sys/bus/pci/drivers/cxl_pci/unbind 0000:0d:00.0", $"{Ports} nvdimm-bridge0 port1 region0 root0", Reset, "0 ", "", Whole, NoMemdev)]
    [InlineData("/sys/bus/pci/devices/0000:0d:00.0/remove 1", $"{Ports} nvdimm-bridge0 port1 region0 root0", Reset, "0 ", "", Whole, NoMemdev)]
    [InlineData("rmmod cxl_acpi", "mem0", null, "", "", "dax0.0 > System RAM (kmem)", "no root decoder decoder0.0")]
    public void Action_LeavesWhatARealKernelLeaves(string action, string devices, string? bridge, string region, string dax, string iomem, string again)
    {
        MachineSession session = WithRegion();

        Do(session, action).Should().Be(Errno.Ok);

        string.Join(' ', session.Kernel.Cxl.Bus.Devices.Select(device => device.Name).Order(StringComparer.Ordinal)).Should().Be(devices);
        DecoderOfTheBridge(session).Should().Be(bridge);
        StateOfRegion(session).Should().Be(region);
        string.Concat(session.Kernel.Dax.Bus.Devices.Select(device => $"{device.Name} {device.Driver?.Name}")).Should().Be(dax);
        session.Around(Start).Should().Be(iomem);
        session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory).Select(block => $"{block.Name} {block.State}")
            .Should().Equal("memory146 Online", "memory147 Online", "memory148 Online", "memory149 Online");
        CreateAgain(session).Should().Be(again);
    }

    [Theory]
    [InlineData("rmmod kmem", "kmem")]
    [InlineData("rmmod dax_cxl", "mapping kmem delete")]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region region0", "mapping kmem delete reap:decoder1.0 reap:decoder2.0")]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind mem0", "reap:decoder1.0 reap:decoder2.0 mapping kmem delete disconnect")]
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind endpoint2", "reap:decoder1.0 reap:decoder2.0 mapping kmem delete disconnect")]
    [InlineData("/sys/bus/pci/devices/0000:0d:00.0/remove 1", "reap:decoder1.0 reap:decoder2.0 mapping kmem delete disconnect")]
    public void Steps_ComeInTheRecordedOrder(string action, string order)
    {
        MachineSession session = WithRegion();
        int before = session.Kernel.Log.Lines.Count;

        Do(session, action).Should().Be(Errno.Ok);

        string[] lines = [.. session.Kernel.Log.Lines.Skip(before).Select(line => line.Text)];
        Dictionary<string, string[]> recorded = new()
        {
            ["mapping"] = [" mapping0: unregister_dax_mapping", "kmem dax0.0: unregister_dev_dax"],
            ["kmem"] =
            [
                "removing memory fails, because memory [0x0000000490000000-0x0000000497ffffff] is onlined",
                "kmem dax0.0: mapping0: 0x490000000-0x4afffffff cannot be hotremoved until the next reboot",
            ],
            ["delete"] = ["dax dax0.0: delete range[0]: 0x490000000:0x4afffffff"],
            ["reap:decoder1.0"] = ["cxl_port port1: reap: decoder1.0 commit_end: -1"],
            ["reap:decoder2.0"] = ["cxl_port endpoint2: reap: decoder2.0 commit_end: -1"],
            ["disconnect"] = ["cxl_mem mem0: disconnect mem0 from port1"],
        };
        lines.Should().Equal(order.Split(' ').SelectMany(step => recorded[step]));
    }

    [Fact]
    public void PciRemove_GivesItsAddressesBack_AndARescanFindsItAgain()
    {
        MachineSession session = WithRegion();
        session.Kernel.Sysfs.Find("/sys/bus/pci/devices/0000:0d:00.0/remove")!.Value.Attribute!.Mode.Should().Be(FileMode.S0220);
        string before = IomemView.Render(session.Kernel.Iomem);
        before.Should().Contain(": 0000:0d:00.0\n");

        session.Write("/sys/bus/pci/devices/0000:0d:00.0/remove", "x").Should().Be(Errno.EINVAL);
        session.Write("/sys/bus/pci/devices/0000:0d:00.0/remove", "0").Should().Be(Errno.Ok);
        session.Kernel.PciBus.Find("0000:0d:00.0").Should().NotBeNull("only a true value removes");
        session.Write("/sys/bus/pci/devices/0000:0d:00.0/remove", "1").Should().Be(Errno.Ok);
        session.Write("/sys/bus/pci/devices/0000:0d:00.0/remove", "1").Should().Be(Errno.ENOENT);
        IomemView.Render(session.Kernel.Iomem).Should().NotContain("0000:0d:00.0").And.NotContain(": mem0\n");

        session.Write("/sys/bus/pci/rescan", "1").Should().Be(Errno.Ok);
        session.Memdev(0xabc0).Endpoint!.Name.Should().Be("endpoint2");
        IomemView.Render(session.Kernel.Iomem).Should().Be(before);
        session.Write("/sys/bus/pci/rescan", "1").Should().Be(Errno.Ok, "and finds nothing more");
        CreateAgain(session).Should().Be("region1 0x4b0000000 256 MiB");
    }

    [Fact]
    public void RemovedBridge_TakesWhatLiesBelowAlong()
    {
        MachineSession session = WithRegion();

        session.Write("/sys/bus/pci/devices/0000:0c:00.0/remove", "1").Should().Be(Errno.Ok);
        session.Kernel.PciBus.Devices.Where(device => device.Name.StartsWith("0000:0d", StringComparison.Ordinal)).Should().BeEmpty();

        session.Write("/sys/bus/pci/rescan", "1").Should().Be(Errno.Ok);
        session.Kernel.PciBus.Devices.Select(device => device.Name).Should().Contain(["0000:0c:00.0", "0000:0d:00.0"]);
    }

    [Fact]
    public void UnbindingTheBridgesPort_DetachesTheMemdevsBelow()
    {
        MachineSession session = WithRegion();

        session.Write("/sys/bus/cxl/drivers/cxl_port/unbind", "port1").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.Select(device => device.Name).Order(StringComparer.Ordinal)
            .Should().Equal("decoder0.0", "mem0", "nvdimm-bridge0", "port1", "region0", "root0");
        session.Memdev(0xabc0).IsBound.Should().BeFalse();
        session.Write("/sys/bus/cxl/drivers/cxl_port/bind", "port1").Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(Errno.Ok);
        session.Memdev(0xabc0).Endpoint!.Name.Should().Be("endpoint2");
    }

    [Fact]
    public void CxlAcpiThatComesBack_BuildsTheTopologyAgain_OverWhatWasLeaked()
    {
        MachineSession session = WithRegion();
        session.Unload("cxl_acpi").Should().Be(Errno.Ok);
        session.Around(new Hpa(0x5_0000_0000)).Should().BeEmpty();
        session.Kernel.Log.Lines.Select(line => line.Text).Should().NotContain(text => text.Contains("disconnect mem0", StringComparison.Ordinal), "the port goes first");

        session.Load("cxl_acpi").Should().Be(Errno.Ok);

        string.Join(' ', session.Kernel.Cxl.Bus.Devices.Select(device => device.Name).Order(StringComparer.Ordinal))
            .Should().Be($"{Ports} {Endpoint} mem0 nvdimm-bridge0 port1 root0");
        session.Around(Start).Should().Be("CXL Window 0 > dax0.0 > System RAM (kmem)");
        CreateAgain(session).Should().Be("region0 0x4b0000000 256 MiB");
    }

    private static MachineSession WithRegion()
    {
        MachineSession session = Given.Booted(Machine);
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Result.Should().Be("region0 0x490000000 512 MiB");
        return session;
    }

    private static Errno Do(MachineSession session, string action)
    {
        string[] words = action.Split(' ', 2);
        return words[0] == "rmmod" ? session.Unload(words[1]) : session.Write(words[0], words[1]);
    }

    private static string CreateAgain(MachineSession session) => new StepRunner(session).Run(session.Machine.Platform.Steps[1]).Result;

    private static string? DecoderOfTheBridge(MachineSession session) => session.Kernel.Cxl.Bus.Find("decoder1.0") is null
        ? null
        : string.Join(' ', new[] { "start", "size", "target_list", "region" }.Select(name => $"{name}={session.Text(Given.Devices + "decoder1.0/" + name)}"));

    private static string StateOfRegion(MachineSession session) => session.Kernel.Cxl.Bus.Find("region0") is { } region
        ? $"{session.Text(Given.Devices + "region0/commit")} {region.Driver?.Name}"
        : string.Empty;
}
