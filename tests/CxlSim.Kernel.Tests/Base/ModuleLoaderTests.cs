using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Modules come, show themselves below /sys/module, and go (recordings fw/lsmod.txt and module-params.txt).</summary>
public sealed class ModuleLoaderTests
{
    private const string Card = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 512MiB, serial: 0xabc0}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    /// <summary>What the scripts of the recordings load, in their order.</summary>
    private const string Recorded = "kernel: {modules: [libnvdimm, cxl_acpi, cxl_pci, cxl_mem, cxl_pmem, dax_cxl, device_dax, kmem, dax_hmem, nd_pmem]}\n" + Card;

    private const string None = "kernel: {modules: []}\n" + Card;

    [Fact]
    public void Loaded_AreListedNewestFirst_WithSizeAndUsers()
    {
        MachineSession session = Given.Booted(Recorded);

        session.Kernel.Modules.Loaded.Select(module => $"{module.Name} {module.Image.Size} {module.Users.Count} {string.Join(',', module.Users.Select(user => user.Name))}".TrimEnd())
            .Should().Equal(
                "nd_pmem 24576 0",
                "nd_btt 36864 1 nd_pmem",
                "dax_hmem 16384 0",
                "kmem 12288 0",
                "device_dax 20480 0",
                "dax_cxl 12288 0",
                "cxl_pmem 24576 0",
                "cxl_mem 12288 0",
                "cxl_pci 28672 0",
                "cxl_acpi 24576 0",
                "libnvdimm 241664 3 nd_pmem,nd_btt,cxl_pmem");
    }

    [Fact]
    public void Module_ShowsItselfInSysfs()
    {
        MachineSession session = Given.Booted(Recorded);

        session.Text("/sys/module/libnvdimm/initstate").Should().Be("live");
        session.Text("/sys/module/libnvdimm/refcnt").Should().Be("3");
        session.Text("/sys/module/libnvdimm/coresize").Should().Be("241664");
        session.Text("/sys/module/libnvdimm/taint").Should().BeEmpty();
        session.Kernel.Sysfs.Find("/sys/module/libnvdimm/holders/cxl_pmem")!.Value.Owner.Path.Should().Be("/module/cxl_pmem");
        session.Kernel.Sysfs.Find("/sys/module/cxl_pci/drivers/pci:cxl_pci")!.Value.Owner.Path.Should().Be("/bus/pci/drivers/cxl_pci");
        session.Kernel.Sysfs.Find("/sys/bus/dax/drivers/kmem/module")!.Value.Owner.Path.Should().Be("/module/kmem");
        session.Write("/sys/module/kmem/uevent", "add").Should().Be(Errno.Ok);
        session.Write("/sys/module/kmem/refcnt", "0").Should().Be(Errno.EACCES);
    }

    [Fact]
    public void BuiltIn_HasADirectoryOnlyForItsParametersAndDrivers()
    {
        MachineSession session = Given.Booted(None);

        session.Kernel.Modules.Loaded.Should().BeEmpty();
        session.Kernel.Sysfs.Modules.Children.Keys.Should().Equal("memory_hotplug", "cxl_core", "cxl_port");
        session.Text("/sys/module/cxl_core/parameters/media_ready_timeout").Should().Be("60");
        session.Read("/sys/module/cxl_core/refcnt").Error.Should().Be(Errno.ENOENT);
        session.Kernel.Cxl.Bus.Drivers.Select(driver => driver.Name).Should().Equal("cxl_region", "cxl_port");
        session.Kernel.Sysfs.Find("/sys/bus/cxl/drivers/cxl_port/module").Should().NotBeNull("a real one has the link");
        session.Kernel.Sysfs.Find("/sys/module/cxl_core/drivers/cxl:cxl_region").Should().NotBeNull();
        session.Load("cxl_port").Should().Be(Errno.Ok);
        session.Unload("cxl_port").Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void Dependencies_ComeFirst()
    {
        MachineSession session = Given.Booted(None);

        session.Load("nd-pmem").Should().Be(Errno.Ok, "hyphens and underscores are the same");
        session.Load("dax_hmem").Should().Be(Errno.Ok);
        session.Load("dax_hmem").Should().Be(Errno.Ok);
        session.Load("cxl_ports").Should().Be(Errno.ENOENT);

        session.Kernel.Modules.Loaded.Select(module => module.Name).Should().Equal("dax_hmem", "cxl_acpi", "nd_pmem", "nd_btt", "libnvdimm");
        session.Kernel.Modules.Find("cxl_acpi")!.Users.Count.Should().Be(0, "an order of loading is no tie");
    }

    [Fact]
    public void ModuleThatWasNotBuilt_IsNotFound()
    {
        MachineSession session = Given.Booted("kernel: {config: {DEV_DAX_KMEM: n}}\n" + Card);

        session.Load("kmem").Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void InUse_StaysLoaded()
    {
        MachineSession session = Given.Booted(Recorded);

        session.Unload("libnvdimm").Should().Be(Errno.EAGAIN);
        session.Unload("nd_pmem").Should().Be(Errno.Ok);
        session.Unload("nd_pmem").Should().Be(Errno.ENOENT);
        session.Unload("nd_btt").Should().Be(Errno.Ok);
        session.Text("/sys/module/libnvdimm/refcnt").Should().Be("1");
        session.Unload("cxl_pmem").Should().Be(Errno.Ok);
        session.Unload("libnvdimm").Should().Be(Errno.Ok);
        session.Kernel.Sysfs.Find("/sys/module/libnvdimm").Should().BeNull();
    }

    [Fact]
    public void Unloading_TakesTheDriverAway_AndLoadingProbesAgain()
    {
        MachineSession session = Given.Booted(Recorded);
        string endpoint = session.Memdev(0xabc0).Endpoint!.Name;

        session.Unload("cxl_mem").Should().Be(Errno.Ok);
        session.Kernel.Sysfs.Find("/sys/bus/cxl/drivers/cxl_mem").Should().BeNull();
        session.Memdev(0xabc0).IsBound.Should().BeFalse();
        session.Kernel.Cxl.Bus.Find(endpoint).Should().BeNull();

        session.Load("cxl_mem").Should().Be(Errno.Ok);
        session.Memdev(0xabc0).Endpoint!.Name.Should().Be(endpoint, "the lowest free number is taken again");
    }

    [Fact]
    public void Unloading_WaitsForProbesUnderWay()
    {
        MachineSession session = Given.Booted(None);
        session.Kernel.Simulation.Spawn("user", async () =>
        {
            await session.Kernel.Modules.LoadAsync("cxl_pci");
            (await session.Kernel.Modules.UnloadAsync("cxl_pci")).Should().Be(Errno.Ok);
        });

        session.Kernel.Simulation.RunUntilIdle();

        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
        session.Kernel.PciBus.Devices.Should().AllSatisfy(device => device.Driver?.Name.Should().NotBe("cxl_pci"));
    }

    [Fact]
    public void Unloading_UnbindsTheLastBoundFirst()
    {
        MachineSession session = Given.Booted("""
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {volatile: 512MiB, serial: 0xabc0}}, {type3: {volatile: 512MiB, serial: 0xabc1}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            """);
        string first = session.Memdev(0xabc0).Name;
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", first).Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", first).Should().Be(Errno.Ok);
        int before = session.Kernel.Log.Lines.Count;

        session.Unload("cxl_mem").Should().Be(Errno.Ok);

        session.Kernel.Log.Lines.Skip(before).Select(line => line.Text).Should().Equal(
            $"cxl_mem {first}: disconnect {first} from port1",
            $"cxl_mem {session.Memdev(0xabc1).Name}: disconnect {session.Memdev(0xabc1).Name} from port1");
    }

    [Fact]
    public void OnItsWayOut_AModuleIsInTheWay()
    {
        MachineSession session = Given.Booted(None);
        ModuleLoader modules = session.Kernel.Modules;
        List<Errno> errors = [];
        session.Kernel.Simulation.Spawn("user", async () =>
        {
            await modules.LoadAsync("cxl_pci"); // the probe of the card goes on in a thread of its own
            errors.Add(await modules.UnloadAsync("cxl_pci"));
        });
        while (modules.Find("cxl_pci") is not { State: ModuleState.Going } && session.Kernel.Simulation.Step())
        {
        }

        session.Kernel.Sysfs.Read("/sys/module/cxl_pci/initstate").Text.Should().Be("going");
        session.Kernel.Simulation.Spawn("another", async () =>
        {
            errors.Add(await modules.UnloadAsync("cxl_pci"));
            errors.Add(await modules.LoadAsync("cxl_pci"));
        });
        session.Kernel.Simulation.RunUntilIdle();

        errors.Should().Equal(Errno.EBUSY, Errno.EBUSY, Errno.Ok);
        modules.Find("cxl_pci").Should().BeNull();
    }

    [Theory]
    [InlineData("cxl_pci", "mbox_ready_timeout=0x10", Errno.Ok, "mbox_ready_timeout", "16")]
    [InlineData("dax_hmem", "region_idle=1 dyndbg=+p", Errno.Ok, "region_idle", "Y")]
    [InlineData("dax_hmem", "no_such=1", Errno.Ok, "region_idle", "N")]
    [InlineData("cxl_pci", "mbox_ready_timeout=65536", Errno.EINVAL, "mbox_ready_timeout", null)]
    public void Options_SetParameters(string module, string options, Errno error, string parameter, string? shown)
    {
        MachineSession session = Given.Booted(None);

        session.Load(module, options).Should().Be(error);

        AttributeValue value = session.Read($"/sys/module/{module}/parameters/{parameter}");
        (value.Error == Errno.Ok ? value.Text : null).Should().Be(shown);
    }

    [Theory]
    [InlineData("memory_hotplug.memmap_on_memory=1", "/sys/module/memory_hotplug/parameters/memmap_on_memory", "Y")]
    [InlineData("memory_hotplug.memmap_on_memory=force", "/sys/module/memory_hotplug/parameters/memmap_on_memory", "force")]
    [InlineData("memory_hotplug.online_policy=auto-movable", "/sys/module/memory_hotplug/parameters/online_policy", "auto-movable")]
    [InlineData("memory_hotplug.online_policy=sometimes", "/sys/module/memory_hotplug/parameters/online_policy", "contig-zones")]
    [InlineData("cxl_pci.mbox_ready_timeout=5", "/sys/module/cxl_pci/parameters/mbox_ready_timeout", "5")]
    public void CommandLine_SetsParameters(string line, string path, string shown) =>
        Given.Booted($"kernel: {{command_line: {line}}}\n{Card}").Text(path).Should().Be(shown);

    /// <summary>Both are numbers of 16 bits.</summary>
    [Theory]
    [InlineData("cxl_core.media_ready_timeout", "-1", "60")]
    [InlineData("cxl_core.media_ready_timeout", "65536", "60")]
    [InlineData("cxl_core.media_ready_timeout", "0x10", "16")]
    public void TimeOuts_AreNumbersOf16Bits(string parameter, string value, string shown)
    {
        MachineSession session = Given.Booted($$"""
            kernel: {command_line: {{parameter}}={{value}}}
            memory: {dram: 2GiB}
            """);

        session.Text($"/sys/module/{parameter.Replace(".", "/parameters/", StringComparison.Ordinal)}").Should().Be(shown);
    }
}
