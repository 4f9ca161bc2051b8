using System.Globalization;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What lspci, acpidump and their like read: configuration space, resources, tables, the firmware's memory map. As 01-single-volatile has them.</summary>
public class FirmwareFilesTests
{
    private const string Endpoint = "/sys/bus/pci/devices/0000:0d:00.0/";

    private static readonly Core.Bdf Function = new(0, 0x0d, 0, 0);
    private static readonly Core.Hpa Registers = new(0x80201000);

    private readonly MachineSession _session = Given.Booted(File.ReadAllText(RepositoryRoot.File("platforms/qemu-single.yaml")));

    [Fact]
    public void Resources_AreTheBars()
    {
        string[] lines = _session.Text(Endpoint + "resource").Split('\n');

        lines.Should().HaveCount(13);
        lines[..5].Should().Equal(
            "0x0000000080200000 0x000000008020ffff 0x0000000000140204",
            "0x0000000000000000 0x0000000000000000 0x0000000000000000",
            "0x0000000080210000 0x0000000080210fff 0x0000000000140204",
            "0x0000000000000000 0x0000000000000000 0x0000000000000000",
            "0x0000000080211000 0x0000000080211fff 0x0000000000040200");
        lines[5..].Should().OnlyContain(line => line == "0x0000000000000000 0x0000000000000000 0x0000000000000000");
        _session.Text(Endpoint + "revision").Should().Be("0x01");
        _session.Text(Endpoint + "irq").Should().Be("0");
    }

    [Fact]
    public void ConfigurationSpace_IsReadWhole_AndUnchangedByIt()
    {
        byte[] first = _session.Read(Endpoint + "config").Bytes;

        first.Should().HaveCount(4096).And.StartWith(new byte[] { 0x86, 0x80, 0x93, 0x0d });
        _session.Read(Endpoint + "config").Bytes.Should().Equal(first);
        _session.Read("/sys/bus/pci/devices/0000:00:00.0/config").Bytes.Should().HaveCount(256, "it is no express function");
    }

    /// <summary>Recorded in 01-single-volatile; a root port's capabilities are those of its link here.</summary>
    [Theory]
    [InlineData("0000:0c:00.0", "modalias", "pci:v00008086d00007075sv00008086sd00000000bc06sc04i00")]
    [InlineData("0000:0c:00.0", "subsystem_vendor", "0x8086")]
    [InlineData("0000:0c:00.0", "current_link_speed", "32.0 GT/s PCIe")]
    [InlineData("0000:0c:00.0", "secondary_bus_number", "13")]
    [InlineData("0000:0c:00.0", "subordinate_bus_number", "13")]
    [InlineData("0000:0c:00.0", "uevent",
        "DRIVER=pcieport\nPCI_CLASS=60400\nPCI_ID=8086:7075\nPCI_SUBSYS_ID=8086:0000\nPCI_SLOT_NAME=0000:0c:00.0\nMODALIAS=pci:v00008086d00007075sv00008086sd00000000bc06sc04i00")]
    [InlineData("0000:0d:00.0", "modalias", "pci:v00008086d00000D93sv00001AF4sd00001100bc05sc02i10")]
    [InlineData("0000:0d:00.0", "subsystem_device", "0x1100")]
    [InlineData("0000:0d:00.0", "current_link_width", "16")]
    [InlineData("0000:0d:00.0", "max_link_speed", "32.0 GT/s PCIe")]
    [InlineData("0000:0d:00.0", "max_link_width", "16")]
    public void Files_SayWhatConfigurationSpaceSays(string function, string file, string recorded) => _session.Text($"/sys/bus/pci/devices/{function}/{file}").Should().Be(recorded);

    [Fact]
    public void FilesOfOtherKinds_AreNotThere()
    {
        _session.Read(Endpoint + "secondary_bus_number").Error.Should().Be(Core.Errno.ENOENT);
        _session.Read("/sys/bus/pci/devices/0000:00:00.0/max_link_speed").Error.Should().Be(Core.Errno.ENOENT, "it is no express function");
    }

    /// <summary>What setpci does: each access as wide as its place lets it be, none past the end (<c>pci_write_config</c>).</summary>
    [Fact]
    public void ConfigurationSpace_IsWritten()
    {
        Store(4, 0, 0).Should().Be(Core.Errno.Ok);
        _session.Kernel.HostBus.ReadConfig(Function, 4, 2).Should().Be(0);
        _session.Kernel.HostBus.ReadRegister(Registers, 4).Should().Be(uint.MaxValue, "memory decoding is off");

        Store(4, 6, 0).Should().Be(Core.Errno.Ok);
        Store(0x3c, 9).Should().Be(Core.Errno.Ok);
        _session.Kernel.HostBus.ReadConfig(Function, 0x3c, 1).Should().Be(9, "the interrupt line is one byte");
        _session.Kernel.HostBus.ReadRegister(Registers, 4).Should().NotBe(uint.MaxValue);
        Store(4095, 1, 2).Should().Be(Core.Errno.Ok);
        Store(4096, 1).Should().Be(Core.Errno.EFBIG);

        Core.Errno Store(long offset, params byte[] bytes)
        {
            KObject owner = _session.Kernel.PciBus.Devices.OfType<PciDevice>().Single(device => device.Address == Function);
            return owner.Groups.SelectMany(group => group.Attributes).OfType<BinaryAttribute>().Single(file => file.Name == "config").StoreAt(owner, offset, bytes);
        }
    }

    [Fact]
    public void Tables_AreThereAsBytes()
    {
        foreach (string name in new[] { "CEDT", "SRAT", "DSDT", "FACP", "MCFG" })
        {
            byte[] table = _session.Read("/sys/firmware/acpi/tables/" + name).Bytes;
            BitConverter.ToUInt32(table, 4).Should().Be((uint)table.Length, "{0} says how long it is", name);
            (table.Sum(b => b) & 0xff).Should().Be(0, "{0} has a checksum", name);
        }
    }

    [Fact]
    public void TheFirmwaresMap_IsShownAsItWas()
    {
        string[] recorded = File.ReadAllLines(RepositoryRoot.Golden("01-single-volatile", "fw", "firmware-memmap.txt"));
        string[] shown = [.. Enumerable.Range(0, 100).Select(n => "/sys/firmware/memmap/" + n.ToString(CultureInfo.InvariantCulture) + "/")
            .TakeWhile(entry => _session.Read(entry + "start").Error == Core.Errno.Ok)
            .Select(entry => $"{_session.Text(entry + "start")}-{_session.Text(entry + "end")} {_session.Text(entry + "type")}")];

        shown.Should().Equal(recorded);
    }
}
