using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A bus that is told when to probe and a function that is told its driver. Asked of a real 6.12: each error, and what is bound afterwards.</summary>
public sealed class BusFilesTests
{
    private const string Cxl = "/sys/bus/cxl/";
    private const string Pci = "/sys/bus/pci/";
    private const string Function = "0000:0d:00.0";

    private readonly MachineSession _session = Given.Booted(File.ReadAllText(RepositoryRoot.File("platforms/qemu-single.yaml")));

    [Theory]
    [InlineData("pci")]
    [InlineData("cxl")]
    [InlineData("dax")]
    [InlineData("platform")]
    public void EveryBus_ProbesByItself(string bus) => _session.Text($"/sys/bus/{bus}/drivers_autoprobe").Should().Be("1");

    [Fact]
    public void DriversProbe_OffersADeviceOnce()
    {
        _session.Write(Cxl + "drivers_probe", "mem9").Should().Be(Errno.ENODEV);
        _session.Write(Cxl + "drivers_probe", "mem0").Should().Be(Errno.Ok, "it has its driver");
        _session.Write(Cxl + "drivers_probe", "decoder0.0").Should().Be(Errno.Ok, "no driver is for it");
        _session.Read(Cxl + "drivers_probe").Error.Should().Be(Errno.EACCES);

        _session.Write(Cxl + "drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        _session.Write(Cxl + "drivers_probe", "mem0").Should().Be(Errno.Ok);
        Driver("cxl", "mem0").Should().Be("cxl_mem");
    }

    [Fact]
    public void BusThatDoesNotProbe_LeavesNewDevicesAlone()
    {
        _session.Write(Cxl + "drivers_autoprobe", "0").Should().Be(Errno.Ok);
        foreach ((string file, string value) in new[]
        {
            ("decoder0.0/create_ram_region", "region0"), ("region0/interleave_granularity", "256"), ("region0/interleave_ways", "1"), ("region0/size", "0x10000000"),
            ("decoder2.0/mode", "ram"), ("decoder2.0/dpa_size", "0x10000000"), ("region0/target0", "decoder2.0"), ("region0/commit", "1"),
        })
        {
            _session.Write(Given.Devices + file, value).Should().Be(Errno.Ok, file);
        }

        _session.Write(Cxl + "drivers/cxl_region/bind", "region0").Should().Be(Errno.Ok);
        Driver("cxl", "dax_region0").Should().BeNull();
        _session.Write(Cxl + "drivers_probe", "dax_region0").Should().Be(Errno.Ok);
        (Driver("cxl", "dax_region0"), Driver("dax", "dax0.0")).Should().Be(("cxl_dax_region", "kmem"));
    }

    [Theory]
    [InlineData("0x", "0")]
    [InlineData("5", "1")]
    [InlineData("yes", "1")]
    public void Autoprobe_GoesByTheFirstLetter(string written, string read)
    {
        _session.Write(Cxl + "drivers_autoprobe", written).Should().Be(Errno.Ok);
        _session.Text(Cxl + "drivers_autoprobe").Should().Be(read);
    }

    [Fact]
    public void ChosenDriver_IsAskedAlone()
    {
        Override.Should().Be("(null)");
        Choose("none");
        (Override, Driver("pci", Function)).Should().Be(("none", "cxl_pci"), "who is bound stays");

        _session.Write(Pci + "drivers/cxl_pci/unbind", Function).Should().Be(Errno.Ok);
        _session.Write(Pci + "drivers_probe", Function).Should().Be(Errno.Ok);
        _session.Write(Pci + "drivers/cxl_pci/bind", Function).Should().Be(Errno.ENODEV);
        Choose("pcieport");
        _session.Write(Pci + "drivers/pcieport/bind", Function).Should().Be(Errno.ENODEV, "it is no port");
        Driver("pci", Function).Should().BeNull();

        Choose("\n");
        Override.Should().Be("(null)");
        _session.Write(Pci + "drivers_probe", Function).Should().Be(Errno.Ok);
        Driver("pci", Function).Should().Be("cxl_pci");
        _session.Write(Pci + $"devices/{Function}/driver_override", new string('x', 4095)).Should().Be(Errno.EINVAL);
    }

    /// <summary>What is no CXL function has none of the registers that the driver looks for.</summary>
    [Fact]
    public void DriverThatIsChosenForAnotherFunction_Refuses()
    {
        const string bus = "0000:00:1f.3";
        _session.Write(Pci + $"devices/{bus}/driver_override", "cxl_pci").Should().Be(Errno.Ok);
        _session.Write(Pci + "drivers/cxl_pci/bind", bus).Should().Be(Errno.ENXIO);
        Driver("pci", bus).Should().BeNull();
    }

    private string Override => _session.Text(Pci + $"devices/{Function}/driver_override");

    private void Choose(string name) => _session.Write(Pci + $"devices/{Function}/driver_override", name).Should().Be(Errno.Ok);

    private string? Driver(string bus, string device) => bus switch
    {
        "pci" => _session.Kernel.PciBus.Find(device)!.Driver?.Name,
        "dax" => _session.Kernel.Dax.Bus.Find(device)!.Driver?.Name,
        _ => _session.Kernel.Cxl.Bus.Find(device)!.Driver?.Name,
    };
}
