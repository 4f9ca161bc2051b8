using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware.Tests;

/// <summary>From bytes of the tables back to line and column of the platform file.</summary>
public class TableSourcesTests
{
    private const string Text = """
        memory:
          nodes:
            - {pxm: 0, size: 2GiB, cpus: 2}
            - {pxm: 3, size: 1GiB, cpus: 0}
          distances: [{from: 0, to: 1, distance: 21}]
        firmware:
          oem_id: SIMCXL
          decoders: locked
          tables: {CEDT: {revision: 2, oem_revision: 9}}
        host_bridges:
          - {uid: 7, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}
          - {uid: 6, bus: 0x20, root_ports: [{type3: {volatile: 1GiB}}]}
        windows:
          - {targets: [7], efi: soft_reserved}
          - {targets: [7, 6],
             qos_class: 3}
        """;

    private readonly Board _board = Board.Of(Text);

    // CEDT: header 0x24, two CHBS of 0x20, then windows of 0x28 and 0x2c (CXL r3.1 9.18.1).
    [Theory]
    [InlineData("CEDT", 0x08, 9, 29)] // revision
    [InlineData("CEDT", 0x0a, 7, 11)] // OEM id
    [InlineData("CEDT", 0x18, 9, 46)] // OEM revision
    [InlineData("CEDT", 0x48, 12, 11)] // UID of the second bridge
    [InlineData("CEDT", 0x8c + 0x24, 15, 16)] // first target of the second window
    [InlineData("CEDT", 0x8c + 0x2b, 15, 19)] // last byte of its second target
    [InlineData("CEDT", 0x8c + 0x22, 16, 17)] // its QTG id
    [InlineData("SLIT", 0x2c + 1, 5, 42)] // from 0 to 1
    [InlineData("SLIT", 0x2c + 2, 5, 42)] // and back
    public void StatedBytes_LeadToTheirValue(string signature, int offset, int line, int column)
    {
        TableSource source = _board.Sources.Find(signature, offset)!;

        source.IsStated.Should().BeTrue();
        source.Location.Should().Be(new SourceLocation("p.yaml", line, column));
    }

    [Theory]
    [InlineData("CEDT", 0x64 + 0x08, 14, 5, "base")]
    [InlineData("CEDT", 0x64 + 0x10, 14, 5, "size")]
    [InlineData("CEDT", 0x24 + 0x10, 11, 5, "component_registers")]
    [InlineData("APIC", 0x2c + 3, 3, 7, "apic")]
    [InlineData("SLIT", 0x2c, 2, 3, "distance")]
    public void DerivedBytes_LeadToWhatTheyAreDerivedFrom(string signature, int offset, int line, int column, string key)
    {
        TableSource source = _board.Sources.Find(signature, offset)!;

        source.IsStated.Should().BeFalse();
        source.Key.Should().Be(key);
        source.Location.Should().Be(new SourceLocation("p.yaml", line, column));
    }

    // SRAT: 48 bytes, two CPUs of 16, then memory of 40: two ranges of the first node around the legacy hole, one of the second.
    [Fact]
    public void DerivedRecords_LeadToTheirNode()
    {
        _board.Sources.Find("SRAT", 0x30 + 0x20 + 0x50)!.Location.Line.Should().Be(4);
        _board.Sources.Field("SRAT", 0x30 + 0x20 + 0x50 + 2, 4)!.Location.Should().Be(new SourceLocation("p.yaml", 4, 13), "the node states its domain");
    }

    [Fact]
    public void DevicesOfTheNamespace_LeadToTheirBridge()
    {
        byte[] dsdt = _board.Tables["DSDT"];
        int second = dsdt.AsSpan().IndexOf("C001"u8);

        _board.Sources.Find("DSDT", second)!.Location.Line.Should().Be(12);
        _board.Sources.Find("DSDT", second - 20)!.Location.Line.Should().Be(11);
        _board.Sources.Find("DSDT", dsdt.Length - 1).Should().BeNull("the CXL root is the board's own");
    }

    // Firmware programs one region below the first window; its entry is the last of the map.
    [Fact]
    public void EfiEntryOfAWindow_LeadsToTheWindow() =>
        _board.Sources.Find("EFI", _board.Handoff.EfiMemoryMap.Length - 1)!.Location.Line.Should().Be(14);

    [Fact]
    public void FormatFixesTypesAndLengths()
    {
        _board.Sources.Field("CEDT", 0x24, 1).Should().BeNull();
        _board.Sources.Field("CEDT", 0x26, 2).Should().BeNull();
        _board.Sources.Find("HMAT", 0).Should().BeNull("there is no such table");
    }
}
