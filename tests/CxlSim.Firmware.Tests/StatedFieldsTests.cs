using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware.Tests;

/// <summary>What a platform file states of tables stands in their bytes, at the offsets of the specifications, sound or not.</summary>
public class StatedFieldsTests
{
    private const string Bridge = "\nhost_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]\n";

    // ACPI 6.5 5.2.16: types 0, 1, 2, 5, 6.
    [Theory]
    [InlineData("{cpu: 3, pxm: 0x01020304, enabled: false, sapic_eid: 7, clock_domain: 9}", "0010" + "04" + "03" + "00000000" + "07" + "030201" + "09000000")]
    [InlineData("{cpu: 255, pxm: 1}", "0010" + "01" + "ff" + "01000000" + "00" + "000000" + "00000000")]
    [InlineData("{x2apic: 0x12345, pxm: 2, clock_domain: 5}", "0218" + "0000" + "02000000" + "45230100" + "01000000" + "05000000" + "00000000")]
    [InlineData("{memory: 0x100000000-0x1ffffffff, pxm: 4, hotplug: true, specific_purpose: true}", "0128" + "04000000" + "0000" + "0000000001000000" + "0000000001000000" + "00000000" + "0b000000" + "0000000000000000")]
    [InlineData("{memory: {base: 0xfffffffffffff000, length: 8KiB}, pxm: 4, enabled: false, nonvolatile: true}", "0128" + "04000000" + "0000" + "00f0ffffffffffff" + "0020000000000000" + "00000000" + "04000000" + "0000000000000000")]
    [InlineData("{memory: {base: 0, length: 0}, pxm: 0}", "0128" + "00000000" + "0000" + "0000000000000000" + "0000000000000000" + "00000000" + "01000000" + "0000000000000000")]
    [InlineData("{generic_initiator: {segment: 1, bdf: \"0c:1f.2\"}, pxm: 3, architectural_transactions: true}", "0520" + "00" + "01" + "03000000" + "0100" + "0cfa" + "000000000000000000000000" + "03000000" + "00000000")]
    [InlineData("{generic_initiator: \"0c:1f.2\", pxm: 3}", "0520" + "00" + "01" + "03000000" + "0000" + "0cfa" + "000000000000000000000000" + "01000000" + "00000000")]
    [InlineData("{generic_initiator: {hid: ACPI0007, uid: 9}, pxm: 3}", "0520" + "00" + "00" + "03000000" + "4143504930303037" + "09000000" + "00000000" + "01000000" + "00000000")]
    [InlineData("{generic_port: 12, pxm: 3, enabled: false}", "0620" + "00" + "00" + "03000000" + "4143504930303136" + "0c000000" + "00000000" + "00000000" + "00000000")]
    [InlineData("{generic_port: {bdf: \"00:02.0\"}, pxm: 3}", "0620" + "00" + "01" + "03000000" + "0000" + "0010" + "000000000000000000000000" + "01000000" + "00000000")]
    [InlineData("{raw: \"03 12 01\"}", "031201")]
    public void SratRecord_HasItsFields(string record, string bytes)
    {
        byte[] srat = Board.Of($"memory: {{srat: [{record}, {{memory: 0x0-0x7fffffff, pxm: 0}}]}}" + Bridge).Tables["SRAT"];

        Convert.ToHexStringLower(srat[48..^40]).Should().Be(bytes);
    }

    // ACPI 6.5 5.2.27: types 0, 1, 2.
    [Theory]
    [InlineData("{proximity: {memory: 1}}", "0000" + "0000" + "28000000" + "0000" + "0000" + "00000000" + "01000000" + "0000000000000000000000000000000000000000")]
    [InlineData("{proximity: {memory: 1, initiator: 2, memory_valid: true}}", "0000" + "0000" + "28000000" + "0300" + "0000" + "02000000" + "01000000" + "0000000000000000000000000000000000000000")]
    [InlineData("{proximity: {memory: 1, initiator: 2, initiator_valid: false}}", "0000" + "0000" + "28000000" + "0000" + "0000" + "02000000" + "01000000" + "0000000000000000000000000000000000000000")]
    [InlineData(
        "{locality: {data_type: write_bandwidth, hierarchy: second_level_cache, minimum_transfer: true, non_sequential: true, minimum_transfer_size: 64, base_unit: 100, initiators: [0, 3], targets: [1], entries: [[5], [0xffff]]}}",
        "0100" + "0000" + "30000000" + "32" + "05" + "40" + "00" + "02000000" + "01000000" + "00000000" + "6400000000000000" + "00000000" + "03000000" + "01000000" + "0500" + "ffff")]

    // As the documents have it: three targets, two entries.
    [InlineData(
        "{locality: {data_type: 0, base_unit: 1000, initiators: [0], targets: [0, 1, 2], entries: [[128, 256]]}}",
        "0100" + "0000" + "34000000" + "00" + "00" + "00" + "00" + "01000000" + "03000000" + "00000000" + "e803000000000000" + "00000000" + "00000000" + "01000000" + "02000000" + "8000" + "0001")]
    [InlineData("{cache: {memory: 1, size: 1GiB}}", "0200" + "0000" + "20000000" + "01000000" + "00000000" + "0000004000000000" + "11114000" + "0000" + "0000")]
    [InlineData(
        "{cache: {memory: 1, size: 1GiB, levels: 3, level: 2, associativity: complex, write_policy: write_through, line_size: 128, address_mode: extended_linear, smbios_handles: [7, 8]}}",
        "0200" + "0000" + "24000000" + "01000000" + "00000000" + "0000004000000000" + "23228000" + "0100" + "0200" + "0700" + "0800")]
    [InlineData("{raw: ff000000 08000000}", "ff00000008000000")]
    public void HmatRecord_HasItsFields(string record, string bytes) =>
        Convert.ToHexStringLower(Board.Of($"memory: {{hmat: [{record}]}}" + Bridge).Tables["HMAT"][40..]).Should().Be(bytes, "no record is made of domains alone where records are stated");

    // ACPI 6.5 5.2.12: types 0, 1, 9.
    [Fact]
    public void Madt_HasTheStatedRecords()
    {
        byte[] madt = Board.Of(
            "memory: {madt: [{apic: 2, uid: 5, enabled: false, online_capable: true}, {x2apic: 0x100}, {io_apic: 1, address: 0xfec80000, interrupt_base: 24}, {raw: \"04 06 ff 0000 01\"}]}\n"
            + "firmware: {tables: {APIC: {local_apic_address: 0xfee10000, flags: 0}}}" + Bridge).Tables["APIC"];

        Convert.ToHexStringLower(madt[36..]).Should().Be(
            "0000e1fe" + "00000000" + "0008" + "05" + "02" + "02000000" + "0910" + "0000" + "00010000" + "01000000" + "00010000"
            + "010c" + "01" + "00" + "0000c8fe" + "18000000" + "0406ff000001");
    }

    [Fact]
    public void X2ApicMachine_NamesItsCpusByX2ApicIds()
    {
        Tables tables = Board.Of("memory: {dram: 2GiB, cpus: 2, apic: x2apic}" + Bridge).Tables;

        Convert.ToHexStringLower(tables["APIC"][44..76]).Should().Be("0910" + "0000" + "00000000" + "01000000" + "00000000" + "0910" + "0000" + "01000000" + "01000000" + "01000000");
        Convert.ToHexStringLower(tables["SRAT"][72..96]).Should().Be("0218" + "0000" + "00000000" + "01000000" + "01000000" + "00000000" + "00000000");
    }

    // Three rows of two, where the table says three localities: the documents' slip, and longer rows.
    [Theory]
    [InlineData("[[11, 20], [255, 0]]", "0200000000000000" + "0b14ff00")]
    [InlineData("{localities: 3, entries: [[10, 20], [255, 10]]}", "0300000000000000" + "0a14ff0a")]
    [InlineData("{entries: [[1, 2, 3]]}", "0100000000000000" + "010203")]
    public void Slit_IsTheStatedMatrix(string slit, string bytes) =>
        Convert.ToHexStringLower(Board.Of($"memory: {{slit: {slit}}}" + Bridge).Tables["SLIT"][36..]).Should().Be(bytes);

    // CXL r3.1 9.18.1: records in the order that the file asks for; what it leaves out comes last.
    [Fact]
    public void Cedt_HasTheStatedRecordsInTheStatedOrder()
    {
        byte[] cedt = Board.Of("""
            firmware:
              tables:
                CEDT:
                  order: [csds, raw, cxims, rdpas]
                  cxims: [{granularity: 1KiB, xor_maps: [0x400], map_count: 2}, {encoded_granularity: 9, xor_maps: []}]
                  rdpas: [{segment: 1, bdf: "0c:02.1", address: 0x480000000, protocol: io}]
                  csds: 3
                  raw: ["07 00 0600 aabb"]
            host_bridges:
              - {uid: 12, bus: 0x0c, component_registers: 0x480000000, chbs: {uid: 99, version: 0, base: 0x123, length: 4KiB}}
              - {uid: 13, bus: 0x1c, chbs: none}
              - {uid: 14, bus: 0x2c, component_registers: 0x480010000, chbs: {version: 0}}
            """).Tables["CEDT"];

        Convert.ToHexStringLower(cedt[36..]).Should().Be(
            "0400" + "0800" + "0300" + "0000"
            + "07000600aabb"
            + "0200" + "1000" + "0000" + "02" + "02" + "0004000000000000"
            + "0200" + "0800" + "0000" + "09" + "00"
            + "0300" + "1100" + "0100" + "110c" + "00" + "0000008004000000"
            + "0000" + "2000" + "63000000" + "00000000" + "00000000" + "2301000000000000" + "0010000000000000"
            + "0000" + "2000" + "0e000000" + "00000000" + "00000000" + "0000018004000000" + "0020000000000000");
    }

    // A window that Linux refuses in every field, and one whose record is longer than it needs (the documents' 2Ch).
    [Fact]
    public void Windows_CarryWhatNoKernelAccepts()
    {
        byte[] cedt = Board.Of(Bridge + """
            windows:
              - {base: 0x1000100000, size: 300MiB, targets: [12, 77, 12, 12, 12], encoded_ways: 5, encoded_granularity: 0x107, encoded_arithmetic: 2, restrictions: 0xffff, qos_class: 0xabcd, record_length: 0x24}
              - {base: 0x2000000000, size: 256MiB, encoded_base: 0x1020304050, encoded_size: 3KiB, targets: [12], record_length: 0x2c}
            """).Tables["CEDT"];

        Convert.ToHexStringLower(cedt[0x44..]).Should().Be(
            "0100" + "2400" + "00000000" + "0000100010000000" + "0000c01200000000" + "05" + "02" + "0000" + "07010000" + "ffff" + "cdab" + "0c000000" + "4d000000" + "0c000000" + "0c000000" + "0c000000"
            + "0100" + "2c00" + "00000000" + "5040302010000000" + "000c000000000000" + "00" + "00" + "0000" + "00000000" + "0600" + "0000" + "0c000000" + "00000000");
    }

    [Fact]
    public void Headers_SayWhatTheyAreToldToSay()
    {
        Tables tables = Board.Of("firmware: {oem_id: AB, oem_revision: 7, creator_id: XY, creator_revision: 8, tables: {MCFG: {revision: 9, oem_id: CDEFGH, oem_table_id: T, oem_revision: 5, creator_id: Q, creator_revision: 6, checksum: 0x5a}, SRAT: {table_revision: 2}}}" + Bridge).Tables;

        Convert.ToHexStringLower(tables["MCFG"][8..36]).Should().Be("09" + "5a" + "434445464748" + "5420202020202020" + "05000000" + "51202020" + "06000000");
        Convert.ToHexStringLower(tables["CEDT"][10..36]).Should().Be("414220202020" + "43584c53494d3031" + "07000000" + "58592020" + "08000000");
        Convert.ToHexStringLower(tables["SRAT"][36..48]).Should().Be("02000000" + "0000000000000000");
    }

    [Fact]
    public void Length_MayLie()
    {
        Board board = Board.Of("memory: {slit: [[10]]}\nfirmware: {tables: {SLIT: {length: 44}}}" + Bridge);

        board.Tables["SLIT"].Should().HaveCount(44, "a reader believes the header");
        board.Sources.Field("SLIT", 4, 4)!.IsStated.Should().BeTrue();
    }

    // A file in place of a derived table, and one beside them; paths begin at the platform file.
    [Fact]
    public void TableFiles_StandInPlaceOfDerivedTables()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cxlsim-tables-");
        try
        {
            byte[] cedt = [.. "CEDT"u8, 40, 0, 0, 0, 1, .. new byte[31]];
            byte[] hpet = [.. "HPET"u8, 38, 0, 0, 0, 1, .. new byte[29]];
            File.WriteAllBytes(Path.Combine(folder.FullName, "cedt.bin"), cedt);
            File.WriteAllBytes(Path.Combine(folder.FullName, "hpet.bin"), hpet);
            string file = Path.Combine(folder.FullName, "p.yaml");
            Board board = Board.Of("firmware: {tables: {CEDT: cedt.bin, HPET: hpet.bin}}" + Bridge, file);

            board.Tables["CEDT"].Should().Equal(cedt);
            board.Tables["HPET"].Should().Equal(hpet);
            board.Sources.Find("CEDT", 39)!.Location.Should().Be(new SourceLocation(file, 1, 27));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("SRAT", "CEDT", 40, "holds 'CEDT'")]
    [InlineData("SRAT", "SRAT", 35, "has 35 bytes")]
    [InlineData("XSDT", "XSDT", 40, "addresses of this machine")]
    [InlineData("RSDP", "RSDP", 40, "addresses of this machine")]
    [InlineData("SRAT", "SRAT", (1 << 20) + 1, "longer than 1 MiB")]
    public void WrongTableFile_IsRefused(string asked, string held, int length, string words)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cxlsim-tables-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "t.bin"), [.. System.Text.Encoding.ASCII.GetBytes(held), .. new byte[length - 4]]);
            PlatformReadResult read = PlatformReader.ReadText($"firmware: {{tables: {{{asked}: t.bin}}}}", Path.Combine(folder.FullName, "p.yaml"));

            Diagnostic finding = read.Diagnostics.Should().ContainSingle().Subject;
            (finding.Id, finding.Location.Column).Should().Be(("CXP0044", 27));
            finding.Message.Should().Contain(words);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("SSDT: [{}]", "CXP0005", "expected a file with the bytes of a table SSDT")]
    [InlineData("SSDT: [no-such.bin]", "CXP0044", "'no-such.bin' cannot be read")]
    [InlineData("SRAT: [srat.bin]", "CXP0005", "expected the SRAT as a mapping")]
    [InlineData("SSDT: {}", "CXP0003", "expected a file or a list of files for it")]
    public void WrongListOfTables_IsRefused(string table, string id, string words)
    {
        Diagnostic finding = PlatformReader.ReadText($"firmware: {{tables: {{{table}}}}}", "p.yaml").Diagnostics.Should().ContainSingle().Subject;

        finding.Id.Should().Be(id);
        finding.Message.Should().Contain(words);
    }

    [Fact]
    public void EndlessListOfTables_IsRefusedBeforeAnyIsRead()
    {
        string files = string.Join(", ", Enumerable.Repeat("no-such.bin", 65));

        PlatformReader.ReadText($"firmware: {{tables: {{SSDT: [{files}]}}}}", "p.yaml").Diagnostics.Should().ContainSingle().Which.Message.Should().Be("found 65 files for SSDT; expected at most 64");
    }

    // A DSDT of constants: names and methods that a disassembler shows.
    [Fact]
    public void Namespace_HasTheStatedObjects()
    {
        byte[] dsdt = Board.Of("""
            firmware: {qtg: {max: 3, ids: [2, 1]}}
            host_bridges:
              - {uid: 12, bus: 0x0c, segment: 5, pxm: 4, cbr: [1, 0x480000000, 0x10000], osc: {cxl_control: 0, status: 0x10}}
            """).Tables["DSDT"];

        string hex = Convert.ToHexStringLower(dsdt);
        hex.Should().Contain("08" + "5f534547" + "0a05", "Name (_SEG, 5)");
        hex.Should().Contain("08" + "5f50584d" + "0a04", "Name (_PXM, 4)");
        hex.Should().Contain("08" + "5f434252" + "1211" + "03" + "01" + "0e0000008004000000" + "0c00000100", "Name (_CBR, Package ...)");
        hex.Should().Contain("5f4f5343" + "04" + "a4" + "1117" + "0a14" + "10000000" + "3f010000" + "1f000000" + "0f000000" + "00000000", "_OSC of four arguments returns five words");
        hex.Should().Contain("5f44534d" + "04" + "a4" + "120a" + "02" + "0a03" + "1205" + "02" + "0a02" + "01", "_DSM returns the highest group and the groups");
    }
}
