using System.Text;
using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>What an import reads of a card's configuration space, as bytes and as lspci tells it.</summary>
public sealed class PciConfigReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InternalErrors_AreReported(bool reported)
    {
        MachineSession session = Given.Booted($$"""
            memory: {dram: 2GiB}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB, report_internal_errors: {{(reported ? "true" : "false")}} } }]}]
            windows: [{targets: [5], size: 1GiB}]
            """);
        PciFacts facts = new(new Bdf(0, 0x11, 0, 0));

        PciConfigReader.Read(facts, session.Read("/sys/bus/pci/devices/0000:11:00.0/config").Bytes);

        facts.ReportsInternalErrors.Should().Be(reported);
    }

    [Theory]
    [InlineData("+", false)]
    [InlineData("-", true)]
    public void InternalErrors_AreReportedAsLspciTellsIt(string mask, bool reported)
    {
        string lspci = Encoding.UTF8.GetString(GivenCapture.Recorded("01-single-volatile", "fw/lspci-vvv.txt").Bytes).Replace("CorrIntErr+", "CorrIntErr" + mask, StringComparison.Ordinal);

        ImportResult import = GivenCapture.Import([.. GivenCapture.Tables("01-single-volatile"), GivenCapture.Text("lspci-vvv.txt", lspci)]);

        import.Platform!.Devices.Should().OnlyContain(device => device.ReportsInternalErrors == reported);
    }
}
