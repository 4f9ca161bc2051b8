using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>What an import says of captures that are broken, contradict themselves, or hold what a platform file cannot say.</summary>
public class ImportFaultTests
{
    private const string Recording = "01-single-volatile";

    private static readonly CaptureFile[] Tables = GivenCapture.Tables(Recording);

    [Fact]
    public void NothingOfCxl_IsRefused()
    {
        ImportResult result = GivenCapture.Import(GivenCapture.Text("notes.txt", "nothing here"));

        result.Platform.Should().BeNull();
        result.Text.Should().BeEmpty();
        result.Findings.Should().ContainSingle().Which.Should().Match<Diagnostic>(finding => finding.Id == "CXI0001" && finding.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void MissingDirectory_IsNamed() =>
        CaptureImporter.Import(CapturedMachine.Read(["no/such/place"]), "x").Findings.Select(finding => $"{finding.Id} {finding.Location.File}")
            .Should().Equal("CXI0002 no/such/place", "CXI0001 no/such/place");

    [Fact]
    public void TruncatedTable_IsReadAsFarAsItGoes()
    {
        byte[] cedt = Tables.Single(table => table.Name == "CEDT").Bytes;

        ImportResult result = GivenCapture.Import([.. Tables.Where(table => table.Name != "CEDT"), new CaptureFile("CEDT", cedt[..^8])]);

        result.Places().Should().Contain("CXI0003 CEDT:1");
        result.Platform!.Windows.Should().BeEmpty();
        result.Platform.HostBridges.Should().Contain(bridge => bridge.Cxl != null, "its record stands before the end");
    }

    [Fact]
    public void WrongChecksum_IsSaidAndTheTableRead()
    {
        byte[] cedt = (byte[])Tables.Single(table => table.Name == "CEDT").Bytes.Clone();
        cedt[10] ^= 1;

        ImportResult result = GivenCapture.Import([.. Tables.Where(table => table.Name != "CEDT"), new CaptureFile("CEDT", cedt)]);

        result.Places().Should().Contain("CXI0003 CEDT:1");
        result.Platform!.Windows.Should().HaveCount(1);
    }

    [Fact]
    public void BrokenTexts_AreNamedByLine()
    {
        ImportResult result = GivenCapture.Import(
        [
            .. Tables,
            GivenCapture.Text("lspci.txt", "0c:00.0 PCI bridge [0604]: X [8086:7075]\npcilib: cannot open\n0d:00.0 CXL [0502]: Y [8086:0d93]\n"),
            GivenCapture.Text("firmware-memmap.txt", "0x0-0x9ffff System RAM\n0x100000-0x7fffffff Sistem RAM\n"),
            GivenCapture.Text("cxl-list.json", "[\n  {\"memdev\":\"mem0\",\n"),
            GivenCapture.Text("iomem.txt", "00000000-00000fff : Reserved\n00001000-0009ffff System RAM\n"),
        ]);

        result.Places().Should().Contain(["CXI0004 lspci.txt:2", "CXI0004 firmware-memmap.txt:2", "CXI0005 cxl-list.json:3", "CXI0004 iomem.txt:2"]);
        result.Platform.Should().NotBeNull();
    }

    [Fact]
    public void ListOfPciWithoutDetails_LeavesDevicesOut()
    {
        ImportResult result = GivenCapture.Import([.. Tables, GivenCapture.Text("lspci.txt", "00:00.0 0600: 8086:29c0\n0c:00.0 0604: 8086:7075\n0d:00.0 0502: 8086:0d93 (rev 01)\n")]);

        result.Findings.Select(finding => finding.Message).Should()
            .Contain(message => message.StartsWith("the memory device 0000:0d:00.0 is below no port of a ACPI0016 host bridge"))
            .And.Contain(message => message.StartsWith("the port number of 0000:0c:00.0 is not in the capture"));
        result.Platform!.HostBridges.Single(bridge => bridge.Cxl is not null).RootPorts.Should().ContainSingle().Which.Child.Should().BeNull();
    }

    [Fact]
    public void Addresses_ThatEverybodyReadsAsZero_AreNotBelieved() =>
        GivenCapture.Import([.. Tables, GivenCapture.Text("iomem.txt", "00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n")])
            .Findings.Select(finding => finding.Message).Should().ContainMatch("all addresses of iomem.txt are zero*");

    [Fact]
    public void Contradictions_AreSaid()
    {
        const string list = """
            [{"memdev":"mem0","ram_size":1073741824,"serial":7,"host":"0000:0d:00.0"},
             {"bus":"root0","dports":[{"dport":"pci0000:44","id":12}],"decoders:root0":[{"decoder":"decoder0.0","resource":19595788288,"size":268435456,"targets":[]}]}]
            """;

        ImportResult result = GivenCapture.Import([.. Tables, GivenCapture.Recorded(Recording, "fw/lspci-vvv.txt"), GivenCapture.Text("cxl-list.json", list)]);

        result.Findings.Where(finding => finding.Id == "CXI0008").Select(finding => finding.Message).Should().Equal(
            "the serial number of 0000:0d:00.0 is 0x7 where Linux shows it and 0xabc0 in its configuration space; the first is written",
            "the CXL host bridge 12 has bus 0x0c in the namespace and 0x44 where Linux shows it; the first is written",
            "decoder0.0 has 0x10000000 bytes at 0x490000000, and the CEDT has no such window; windows are written as the CEDT has them");
    }

    /// <summary>Encoded ways that there are not, too few targets, no multiple of 256 MiB, no size, an arithmetic and a target that there are not, an end past 52 bits.</summary>
    [Theory]
    [InlineData(0x1000000000, 0x100000000, 7, 0, 9)]
    [InlineData(0x1000000000, 0x100000000, 1, 0, 7)]
    [InlineData(0x1008000000, 0x100000000, 0, 0, 7)]
    [InlineData(0x1000000000, 0, 0, 0, 7)]
    [InlineData(0x1000000000, 0x100000000, 0, 2, 7)]
    [InlineData(0x1000000000, 0x100000000, 0, 1, 7)]
    [InlineData(0x1000000000, 0x100000000, 0, 0, 9)]
    [InlineData(0xfffffffffff00000, 0x100000000, 0, 0, 7)]
    public void WindowThatLinuxRefuses_ComesBackAsItIs(ulong start, ulong size, byte ways, byte arithmetic, uint target)
    {
        CaptureFile cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(7, 1, 0x480000000).Window(start, size, ways, arithmetic, target));

        GivenCapture.TablesOf(GivenCapture.Import(cedt).Platform!)["CEDT"].Should().Equal(cedt.Bytes);
    }

    [Fact]
    public void RecordsThatLinuxPassesOver_ComeBackAsTheyAre()
    {
        CaptureFile cedt = GivenCapture.Table("CEDT", 2, body => body.Bridge(12, 0, 0x480000000).Bridge(12, 1, 0x480010000).Bridge(99, 1, 0x480020000)
            .U8(3).U8(0).U16(0x14).U16(0).U16(0x0c00).U64(0x1000).U8(1).U8(0).U16(0).U8(4).U8(0).U16(8).U16(1).U16(0).U8(200).U8(0).U16(8).U32(0x12345678));

        ImportResult result = GivenCapture.Import([.. Tables.Where(table => table.Name != "CEDT"), cedt]);

        result.Platform!.HostBridges.Single(bridge => bridge.Cxl is not null).Cxl!.Chbs!.Version.Should().Be(0);
        GivenCapture.TablesOf(result.Platform)["CEDT"].Order().Should().Equal(cedt.Bytes.Order(), "what has no form of its own comes last, and no byte is lost");
    }

    [Fact]
    public void EntriesOfALegacyMap_AreCutToPages()
    {
        ImportResult result = GivenCapture.Import(
        [
            .. Tables,
            GivenCapture.Text("firmware-memmap.txt", "0x0-0x9fbff System RAM\n0x9fc00-0x9ffff Reserved\n0xf0000-0xfffff Reserved\n0x100000-0x7fdfffff System RAM\n0x7fe00000-0x7fffffff ACPI Tables\n"),
        ]);

        result.Platform!.Memory.Efi.Select(entry => $"{entry.Range} {entry.Type}").Should().Equal(
            "0x0-0x9efff Conventional", "0x9f000-0x9ffff Reserved", "0xf0000-0xfffff Reserved", "0x100000-0x7fdfffff Conventional", "0x7fe00000-0x7fffffff AcpiReclaim");
        result.Findings.Select(finding => finding.Message).Should().ContainMatch("entries of the memory map overlap or are not made of whole pages*");
    }

    /// <summary>The first pass has a memory map without room for tables, the second goes without it.</summary>
    [Fact]
    public void RecordsKeptAsBytes_AreWrittenOnce_WhateverTheMemoryMapSays()
    {
        CaptureFile cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(12, 1, 0x480010000).Bridge(12, 1, 0x480020000).Window(0xfffffffffff00000, 0x100000000, 0, 0, 12));

        ImportResult result = GivenCapture.Import([.. Tables.Where(table => table.Name != "CEDT"), cedt, GivenCapture.Text("firmware-memmap.txt", "0x0-0x9ffff System RAM\n")]);

        result.Findings.Select(finding => finding.Message).Should().ContainMatch("the memory map has no room for a kernel*");
        result.Platform!.Firmware.Cedt.Raw.Should().HaveCount(2);
    }

    /// <summary>Every function of a bus is a port, and all say that they are the fifth: there are as many numbers, and too few buses.</summary>
    [Fact]
    public void ABusFullOfPortsOfOneNumber_IsRefused()
    {
        string lspci = string.Concat(Enumerable.Range(0, 256).Select(i => $"0c:{i / 8:x2}.{i % 8} PCI bridge [0604]: X [8086:7075]\n\t\tLnkCap:\tPort #5, Speed 32GT/s\n"));

        ImportResult result = GivenCapture.Import([.. Tables, GivenCapture.Text("lspci.txt", lspci)]);

        result.Findings.Where(finding => finding.Id == "CXI0009").Select(finding => finding.Message).Should().ContainSingle().Which.Should().Contain("CXP0030: 256 buses are needed");
    }

    /// <summary>What lies behind an Intel VMD has a segment above 0xffff.</summary>
    [Fact]
    public void FunctionsOfWideSegments_AreLeftOut()
    {
        ImportResult result = GivenCapture.Import(
        [
            .. Tables,
            GivenCapture.Recorded(Recording, "fw/lspci-vvv.txt"),
            GivenCapture.Text("lspci.txt", "10000:0d:02.0 Non-Volatile memory controller [0108]: X [8086:0a54]\n\tRegion 0: Memory at 80000000 (64-bit, non-prefetchable) [size=16K]\n10000:0d:03.0 CXL [0502]: Y [8086:0d93]\n"),
        ]);

        result.Findings.Select(finding => finding.Message).Should().ContainSingle(message => message.StartsWith("functions of the segment 0x10000 are left out", StringComparison.Ordinal))
            .And.NotContainMatch("*0d:0?.0 below the port*");
    }

    /// <summary>A bridge may say that the bus behind it is its own.</summary>
    [Fact]
    public void BridgesThatLeadInACircle_AreGoneIntoOnce()
    {
        const string lspci = """
            0c:00.0 PCI bridge [0604]: X [8086:7075]
            	Bus: primary=0c, secondary=0d, subordinate=0d, sec-latency=0
            0d:00.0 PCI bridge [0604]: X [8086:7075]
            	Bus: primary=0d, secondary=0c, subordinate=0d, sec-latency=0
            	Capabilities: [150 v1] Designated Vendor-Specific: Vendor=1e98 ID=0003 Rev=0 Len=40: CXL
            """;

        GivenCapture.Import([.. Tables, GivenCapture.Text("lspci.txt", lspci)]).Platform.Should().NotBeNull();
    }
}
