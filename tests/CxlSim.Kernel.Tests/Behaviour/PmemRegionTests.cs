using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Regions of persistent memory, up to where libnvdimm takes over (recording 06-pmem-and-volatile).</summary>
public sealed class PmemRegionTests
{
    private const string Machine = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges:
          - uid: 12
            bus: 0x0c
            last_bus: 0x0e
            component_registers: 0x480000000
            root_ports:
              - {type3: {id: mixed, volatile: 512MiB, persistent: 512MiB, label_storage: 1MiB, serial: 0xabc0}}
              - {type3: {id: persistent, persistent: 512MiB, label_storage: 1MiB, serial: 0xabc1}}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    private const string Nd = "/sys/bus/nd/devices/";
    private const string Whole = "CXL Window 0 > Persistent Memory > region0";
    private static readonly Hpa Start = new(0x4_9000_0000);

    [Fact]
    public void Region_LiesInPersistentMemory_BehindTheSkippedVolatilePartition()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));

        session.Around(Start).Should().Be(Whole);
        Shown(session, "decoder2.0", "mode", "dpa_resource", "dpa_size", "region").Should().Equal("pmem", "0x20000000", "0x0000000010000000", "region0");
        Shown(session, "region0", "mode", "size", "resource", "commit", "target0").Should().Equal("pmem", "0x10000000", "0x490000000", "1", "decoder2.0");
        session.Machine.Resolve(Start + new ByteSize(0x1234))!.Address.Should().Be(new Dpa(0x2000_1234));
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
    }

    [Fact]
    public void PmemRegion_StandsBelow_WithItsDriver()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));

        session.Kernel.Cxl.Bus.Find("pmem_region0")!.Path.Should().Be("/devices/platform/ACPI0017:00/root0/decoder0.0/region0/pmem_region0");
        Shown(session, "pmem_region0", "devtype", "modalias", "uevent")
            .Should().Equal("cxl_pmem_region", "cxl:t7", "DEVTYPE=cxl_pmem_region\nDRIVER=cxl_pmem_region\nMODALIAS=cxl:t7");
        session.Write("/sys/bus/cxl/drivers/cxl_pmem_region/unbind", "pmem_region0").Should().Be(Errno.ENOENT);
    }

    /// <summary>Without cxl_pmem Linux finds out too late: its pmem_region stays, and crashes the module that comes for it (a real 6.12).</summary>
    [Fact]
    public void PmemRegion_Stays_WhereTheBridgeHasNoDriver()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));
        session.Write("/sys/bus/cxl/drivers/cxl_region/unbind", "region0").Should().Be(Errno.Ok);
        session.Unload("cxl_pmem").Should().Be(Errno.Ok);

        session.Write("/sys/bus/cxl/drivers/cxl_region/bind", "region0").Should().Be(Errno.ENXIO);
        session.Write("/sys/bus/cxl/drivers/cxl_region/bind", "region0").Should().Be(Errno.EEXIST);
        session.Kernel.Cxl.Bus.Find("pmem_region0")!.IsBound.Should().BeFalse();
        session.Kernel.Log.Lines.Should().Contain(line => line.Text == "sysfs: cannot create duplicate filename '/devices/platform/ACPI0017:00/root0/decoder0.0/region0/pmem_region0'");

        session.Load("cxl_pmem").Should().Be(Errno.Ok);
        session.Kernel.Cxl.Bus.Find("pmem_region0")!.IsBound.Should().BeFalse();
        session.Write(Given.Devices + "region0/commit", "0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
    }

    [Fact]
    public void Volatile_FirstThenPersistent_ShareADevice()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "type: ram, size: 512MiB", "type: pmem, size: 512MiB"));

        session.Around(Start).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
        session.Around(new Hpa(0x4_b000_0000)).Should().Be("CXL Window 0 > Persistent Memory > region1");
        Shown(session, "decoder2.1", "mode", "dpa_resource").Should().Equal("pmem", "0x20000000");
    }

    [Fact]
    public void TwoDevices_Interleave()
    {
        MachineSession session = Given.AfterSteps(Machine + "\nsteps: [{create-region: {decoder: decoder0.0, type: pmem, memdevs: [mixed, persistent], granularity: 256}}]");

        Shown(session, "region0", "size", "target0", "target1").Should().Equal("0x40000000", "decoder2.0", "decoder3.0");
        session.Machine.Resolve(Start)!.Address.Should().Be(new Dpa(0x2000_0000));
        session.Machine.Resolve(Start + new ByteSize(256))!.Should().BeEquivalentTo(new { Device = "persistent", Address = Dpa.Zero });
        Read(session, "region0/mappings", "region0/mapping0", "region0/mapping1")
            .Should().Equal("2", "nmem0,536870912,536870912,0", "nmem1,0,536870912,1");
    }

    /// <summary>Set id as <c>ndctl list</c> shows it: 9223749719635831744.</summary>
    [Fact]
    public void Libnvdimm_HasTheDimmsAndTheRegion()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 512MiB"));

        session.Kernel.Nvdimm.Bus.Find("nmem0")!.Path.Should().Be("/devices/platform/ACPI0017:00/root0/nvdimm-bridge0/ndbus0/nmem0");
        Read(session, "ndbus0/provider", "nmem0/cxl/id", "nmem0/cxl/provider", "nmem0/security", "nmem1/cxl/id", "nmem1/cxl/provider")
            .Should().Equal("CXL", "43968", "pmem0", "disabled", "43969", "pmem1");
        Read(session, "region0/size", "region0/resource", "region0/set_cookie", "region0/mapping0", "region0/numa_node", "region0/target_node", "region0/persistence_domain")
            .Should().Equal("536870912", "0x490000000", "0x800157802000abc0", "nmem0,536870912,536870912,0", "0", "1", "memory_controller");
        session.Read(Nd + "region0/mapping1").Error.Should().Be(Errno.ENOENT);
    }

    [Theory]
    [InlineData("/sys/bus/cxl/drivers/cxl_region/unbind", "region0", "1", "CXL Window 0 > region0")]
    [InlineData("/sys/bus/cxl/devices/region0/commit", "0", "0", "CXL Window 0 > region0")]
    [InlineData("/sys/bus/cxl/devices/region0/target0", "", "0", "CXL Window 0 > region0")]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0", "0", "CXL Window 0 > region0")]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0", null, "CXL Window 0")]
    public void TearDown_TakesAllOfLibnvdimmAlong(string path, string value, string? commit, string iomem)
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));

        session.Write(path, value).Should().Be(Errno.Ok);

        session.Around(Start).Should().Be(iomem);
        session.Kernel.Cxl.Bus.Find("pmem_region0").Should().BeNull();
        session.Kernel.Nvdimm.Bus.Find("region0").Should().BeNull();
        if (commit is not null)
        {
            session.Text(Given.Devices + "region0/commit").Should().Be(commit);
        }
    }

    [Fact]
    public void DeletedRegion_GivesItsCapacityBack_WithTheSkip()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));
        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        Shown(session, "decoder2.0", "mode", "dpa_resource").Should().Equal("pmem", "0x20000000");

        session.Write(Given.Devices + "decoder2.0/dpa_size", "0").Should().Be(Errno.Ok);

        session.Write(Given.Devices + "decoder2.0/mode", "ram").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x20000000").Should().Be(Errno.Ok);
        Shown(session, "decoder2.0", "dpa_resource").Should().Equal("0x0");
    }

    /// <summary>The volatile region below goes first: its decoder waits for the persistent one above it.</summary>
    [Fact]
    public void LowerDecoder_IsReapedWithTheHigherOne()
    {
        MachineSession session = Given.Booted(Machine + Create("mixed", "type: ram, size: 256MiB", "type: pmem, size: 256MiB"), out LogSink log);
        foreach (var step in session.Machine.Platform.Steps)
        {
            new StepRunner(session).Run(step).Error.Should().Be(Errno.Ok);
        }

        session.Write(Given.Devices + "region0/commit", "0").Should().Be(Errno.Ok);
        log.Lines.Should().Contain("cxl_port endpoint2: decoder2.0: out of order reset, expected decoder2.1");
        session.Write(Given.Devices + "decoder2.1/dpa_size", "0").Should().Be(Errno.EBUSY, "it belongs to a region");
        session.Write(Given.Devices + "region1/commit", "0").Should().Be(Errno.Ok);

        log.Lines.Should().ContainInOrder("cxl_port endpoint2: reap: decoder2.1 commit_end: 0", "cxl_port endpoint2: reap: decoder2.0 commit_end: -1");
    }

    [Fact]
    public void WithoutASerialNumber_LibnvdimmGetsNothing()
    {
        MachineSession session = Given.Booted(Machine.Replace(", serial: 0xabc1", string.Empty, StringComparison.Ordinal) + Create("persistent", "size: 256MiB"), out LogSink log);

        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);

        log.Lines.Should().Contain("cxl_pmem_region pmem_region0: mem1: invalid or missing serial number");
        session.Kernel.Cxl.Bus.Find("pmem_region0")!.IsBound.Should().BeFalse();
        session.Around(Start).Should().Be("CXL Window 0 > region0");
    }

    [Fact]
    public void WithoutCxlPmem_TheRegionCannotBeEnabled()
    {
        MachineSession session = Given.Booted("kernel: {modules: [cxl_acpi, cxl_pci, cxl_mem]}\n" + Machine + Create("mixed", "size: 256MiB"));

        StepOutcome outcome = new StepRunner(session).Run(session.Machine.Platform.Steps[0]);

        (outcome.Error, outcome.Result).Should().Be((Errno.ENXIO, "/sys/bus/cxl/drivers/cxl_region/bind region0: ENXIO"));
    }

    [Fact]
    public void UnloadingCxlPmem_TakesPmemRegionAndDimms_AndLeavesTheRegion()
    {
        MachineSession session = Given.AfterSteps(Machine + Create("mixed", "size: 256MiB"));

        session.Unload("cxl_pmem").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Find("pmem_region0").Should().BeNull();
        session.Kernel.Nvdimm.Bus.Devices.Should().BeEmpty();
        session.Region("region0").IsBound.Should().BeTrue();
        session.Around(Start).Should().Be("CXL Window 0 > region0");
        session.Load("cxl_pmem").Should().Be(Errno.Ok);
        session.Kernel.Nvdimm.Bus.Devices.Select(device => device.Name).Should().Equal("ndbus0", "nmem0", "nmem1");
    }

    [Fact]
    public void ComingBack_ADeviceIsTheSameDimmAgain()
    {
        MachineSession session = Given.Booted(Machine);

        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Kernel.Nvdimm.Bus.Devices.Select(device => device.Name).Should().Equal("ndbus0", "nmem1");
        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(Errno.Ok);

        Read(session, "nmem0/cxl/provider").Should().Equal("pmem0");
    }

    private static string Create(string device, params string[] options) =>
        "\nsteps:\n" + string.Join('\n', options.Select(option =>
            $"  - create-region: {{decoder: decoder0.0, memdevs: [{device}], {(option.Contains("type", StringComparison.Ordinal) ? option : "type: pmem, " + option)}}}"));

    private static string[] Shown(MachineSession session, string name, params string[] attributes) =>
        [.. attributes.Select(attribute => session.Text($"{Given.Devices}{name}/{attribute}"))];

    private static string[] Read(MachineSession session, params string[] paths) => [.. paths.Select(path => session.Text(Nd + path))];
}
