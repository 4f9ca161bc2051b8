using System.Globalization;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What lspci, acpidump and their like read: configuration space, resources, tables, the firmware's memory map. As 01-single-volatile has them.</summary>
public class FirmwareFilesTests
{
    private const string Endpoint = "/sys/bus/pci/devices/0000:0d:00.0/";

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
