using System.Text;
using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware.Tests;

public class TableTests
{
    private const string Bridges = """
        memory: {dram: 32GiB, cpus: 4}
        firmware: {oem_id: SIMCXL, oem_table_id: CXLSIM01}
        host_bridges:
          - {uid: 7, bus: 0x10, component_registers: 0x10370400000, root_ports: [{type3: {volatile: 4GiB}}, {type3: {volatile: 4GiB}}]}

        """;

    private const string BothBridges = Bridges + """
          - {uid: 6, bus: 0x20, component_registers: 0x10380800000, root_ports: [{type3: {volatile: 4GiB}}, {type3: {volatile: 4GiB}}]}

        """;

    public static TheoryData<string> Platforms =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "platforms"), "*.yaml").Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Platforms))]
    public void EveryTable_SumsToZero_AndRsdpLeadsToAll(string platform)
    {
        Tables tables = Board.OfPlatform(platform).Tables;

        Encoding.ASCII.GetString(tables.Rsdp, 0, 8).Should().Be("RSD PTR ");
        tables.Rsdp[15].Should().Be(2);
        BitConverter.ToInt32(tables.Rsdp, 20).Should().Be(36);
        Sum(tables.Rsdp[..20]).Should().Be(0);
        Sum(tables.Rsdp).Should().Be(0);
        string[] more = platform.StartsWith("tables-", StringComparison.Ordinal) ? ["SLIT", "HMAT"] : platform == "expander-x16.yaml" ? ["HMAT"] : []; // which states how fast ways are
        string[] cxl = platform == "cxl-test.yaml" ? [] : ["CEDT"]; // that machine has no CXL of its own
        string[] timer = platform == "qemu-single.yaml" ? ["HPET"] : []; // only that one says that it has one
        tables.All.Keys.Should().BeEquivalentTo(["XSDT", "FACP", "APIC", "SRAT", "MCFG", "DSDT", .. cxl, .. more, .. timer]);
        foreach ((string name, byte[] table) in tables.All)
        {
            Encoding.ASCII.GetString(table, 0, 4).Should().Be(name);
            BitConverter.ToInt32(table, 4).Should().Be(table.Length);
            Sum(table).Should().Be(0, name);
        }
    }

    [Fact]
    public void Dsdt_NamesMoreBridgesThanHexadecimalDigitsCan()
    {
        string bridges = string.Concat(Enumerable.Range(0, 4097).Select(i => $"  - {{kind: pcie, bus: {i % 256}, last_bus: {i % 256}, segment: {i / 256}}}\n"));
        const string memory = "memory: {dram: 2GiB, cpus: 1, efi: [{range: 0x100000-0x7effffff, type: conventional}, {range: 0x7f000000-0x7fffffff, type: acpi_reclaim}]}";
        PlatformDescription platform = PlatformReader.ReadText($"{memory}\nhost_bridges:\n{bridges}", "p.yaml").Platform!;

        byte[] dsdt = DsdtBuilder.Build(platform, [.. platform.HostBridges.Select(bridge => bridge.Mmio)]).Bytes;

        dsdt.AsSpan().IndexOf("P00Z"u8).Should().BePositive().And.BeLessThan(dsdt.AsSpan().IndexOf("P010"u8));
        dsdt.AsSpan().IndexOf("P35S"u8).Should().BePositive();
    }

    // The whole table, byte for byte, worked out by hand.
    [Fact]
    public void Cedt_OfOneBridge_IsTheGoldenOne()
    {
        Board board = Board.Of(Bridges + "windows: [{base: 0x1000000000, size: 8GiB, targets: [7], restrictions: 6, qos_class: 1}]");

        Convert.ToHexString(board.Tables["CEDT"]).Should().BeEquivalentTo(
            "434544546c000000011e53494d43584c43584c53494d30310100000053494d4301000000"
            + "00002000070000000100000000000000000040700301000000000100000000000"
            + "10028000000000000000000100000000000000002000000000000000000000006000100070000"
            + "00");
    }

    // Length and checksum of the other worked configurations.
    [Theory]
    [InlineData(180, 0x63, "{base: 0x1000000000, size: 4GiB, targets: [7]}", "{base: 0x1100000000, size: 4GiB, targets: [6]}")]
    [InlineData(144, 0xc3, "{base: 0x1000000000, size: 8GiB, targets: [7, 6]}")]
    [InlineData(
        384,
        0x79,
        "{base: 0x1000000000, size: 16GiB, targets: [7, 6]}",
        "{base: 0x2000000000, size: 8GiB, targets: [7]}",
        "{base: 0x2200000000, size: 8GiB, targets: [6]}",
        "{base: 0x3000000000, size: 4GiB, targets: [7]}",
        "{base: 0x3100000000, size: 4GiB, targets: [7]}",
        "{base: 0x3200000000, size: 4GiB, targets: [6]}",
        "{base: 0x3300000000, size: 4GiB, targets: [6]}")]
    public void Cedt_OfTwoBridges_HasTheGoldenLengthAndChecksum(int length, byte checksum, params string[] windows)
    {
        string list = string.Join(", ", windows.Select(window => window.Replace("}", ", restrictions: 6, qos_class: 1}", StringComparison.Ordinal)));
        byte[] cedt = Board.Of(BothBridges + $"windows: [{list}]").Tables["CEDT"];

        cedt.Should().HaveCount(length);
        cedt[9].Should().Be(checksum);
    }

    // Type, length, granularity code and number of maps, then the maps (CXL r3.1 9.18.1.4).
    [Fact]
    public void Cedt_OfXorWindows_HasOneCximsForAGranularity()
    {
        byte[] cedt = Board.Of(BothBridges + """
            windows:
              - {targets: [7, 6], arithmetic: xor, xor_maps: [0x404100]}
              - {targets: [7], arithmetic: xor}
              - {targets: [7, 6], arithmetic: xor, xor_maps: [0x404100, 0x808200]}
              - {targets: [7, 6], granularity: 4KiB, arithmetic: xor, xor_maps: [0x11000]}
              - {targets: [7, 6]}
            """).Tables["CEDT"];

        const int firstWindow = 36 + 0x20 + 0x20;
        int[] windows = [firstWindow, firstWindow + 0x2c, firstWindow + 0x54, firstWindow + 0x80, firstWindow + 0xac];
        windows.Select(window => cedt[window + 0x19]).Should().Equal(1, 1, 1, 1, 0);
        Convert.ToHexStringLower(cedt[(firstWindow + 0xd8)..]).Should().Be(
            "02001800" + "0000" + "0002" + "0041400000000000" + "0082800000000000"
            + "02001000" + "0000" + "0401" + "0010010000000000");
    }

    [Fact]
    public void Cedt_IsTheRecordedOne() => AfterHeader(Board.OfPlatform("qemu-single.yaml").Tables["CEDT"]).Should().Equal(AfterHeader(Recorded("CEDT")));

    [Fact]
    public void Mcfg_IsTheRecordedOne() => AfterHeader(Board.OfPlatform("qemu-single.yaml").Tables["MCFG"]).Should().Equal(AfterHeader(Recorded("MCFG")));

    // QEMU adds an entry without the enabled bit, which nobody reads and a description cannot state.
    [Fact]
    public void Srat_HasTheRecordedEntries()
    {
        byte[] ours = Board.OfPlatform("qemu-single.yaml").Tables["SRAT"];
        byte[] recorded = Recorded("SRAT");

        ours[36..48].Should().Equal(recorded[36..48]);
        Affinities(ours).Should().Equal(Affinities(recorded).Where(IsEnabled));
        ours[8].Should().Be(3);
    }

    private const string ThreeDomains = """
        memory:
          nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}]
          srat:
            - {cpu: 0, pxm: 0}
            - {cpu: 1, pxm: 1}
            - {memory: 0x0-0x9ffff, pxm: 0}
            - {memory: 0x100000-0x3fffffff, pxm: 0}
            - {memory: 0x40000000-0x7fffffff, pxm: 1}
            - {generic_port: 12, pxm: 2}
          distances: [{from: 0, to: 1, distance: 21}, {from: 0, to: 2, distance: 30}, {from: 1, to: 2, distance: 40}]
          hmat:
            - {initiator: 0, target: 0, latency: 10, bandwidth: 10240}
            - {initiator: 0, target: 1, latency: 105, bandwidth: 1024}
            - {initiator: 0, target: 2, latency: 200, bandwidth: 4096}
            - {initiator: 1, target: 0, latency: 105, bandwidth: 1024}
            - {initiator: 1, target: 1, latency: 12, bandwidth: 9216}
            - {initiator: 1, target: 2, latency: 300, bandwidth: 3072}
        host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {volatile: 1GiB}}]}]
        """;

    // The recording 13-hmat-generic-port, fw/tables.
    [Fact]
    public void HmatAndSlit_AreTheRecordedOnes()
    {
        Tables tables = Board.Of(ThreeDomains).Tables;

        Convert.ToHexStringLower(AfterHeader(tables["SLIT"])).Should().Be("0300000000000000" + "0a151e" + "150a28" + "1e280a");
        Convert.ToHexStringLower(AfterHeader(tables["HMAT"])).Should().Be(
            "00000000"
            + "00000000280000000100000000000000000000000000000000000000000000000000000000000000"
            + "00000000280000000100000001000000010000000000000000000000000000000000000000000000"
            + "0100000040000000000000000200000003000000" + "00000000" + "e803000000000000" + "00000000" + "01000000" + "00000000" + "01000000" + "02000000"
            + "0a006900c80069000c002c01"
            + "0100000040000000000300000200000003000000" + "00000000" + "0004000000000000" + "00000000" + "01000000" + "00000000" + "01000000" + "02000000"
            + "0a0001000400010009000300");
        tables["HMAT"][8].Should().Be(2);
        Affinities(tables["SRAT"]).Last().Should().BeEquivalentTo("0620000002000000" + "4143504930303136" + "0c00000000000000" + "0100000000000000");
    }

    // Values without a common unit that are too large for two bytes are rounded down; one alone is its own unit.
    [Theory]
    [InlineData("bandwidth: 102400", "bandwidth: 1", "0200000000000000", "00c80000")]
    [InlineData("bandwidth: 102400", "bandwidth: 102400", "0090010000000000", "01000100")]
    [InlineData("read_latency: 65534", "read_latency: 1", "e803000000000000", "feff0100")]
    public void Hmat_ScalesItsEntries(string first, string second, string unit, string entries)
    {
        byte[] hmat = Board.Of($$$"""
            memory:
              nodes: [{pxm: 0, size: 2GiB, cpus: 1}]
              hmat: [{initiator: 0, target: 0, {{{first}}}}, {initiator: 1, target: 0, {{{second}}}}]
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {volatile: 1GiB}}]}]
            """).Tables["HMAT"];

        Convert.ToHexStringLower(hmat[^24..^16]).Should().Be(unit);
        Convert.ToHexStringLower(hmat[^4..]).Should().Be(entries);
    }

    [Fact]
    public void EfiMap_HasTheDescribedEntries_FortyBytesEach()
    {
        BootHandoff handoff = Board.OfPlatform("qemu-single.yaml").Handoff;
        ReadOnlySpan<byte> map = handoff.EfiMemoryMap.Span;

        handoff.DescriptorSize.Should().Be(40);
        handoff.DescriptorVersion.Should().Be(1);
        map.Length.Should().Be(22 * 40);

        // Entry 1 is 0x100000-0x7fffff, conventional (7), entry 11 the ACPI tables' 0x7fb6d000-0x7fb7efff (9).
        Entry(map, 1).Should().Be((7, 0x100000, 0x700));
        Entry(map, 11).Should().Be((9, 0x7fb6d000, 0x12));
        handoff.Rsdp.Value.Should().BeInRange(0x7fb6d000, 0x7fb7efff);
    }

    // EFI_MEMORY_SP is 0x40000 (UEFI 2.10 7.2.3).
    [Theory]
    [InlineData("soft_reserved", 0x40000)]
    [InlineData("conventional", 0)]
    public void EfiMap_ListsTheProgrammedWindow(string kind, ulong purpose)
    {
        Board board = Board.Of($$$"""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5], efi: {{{kind}}}}]
            """);
        ReadOnlySpan<byte> map = board.Handoff.EfiMemoryMap.Span;
        int last = (map.Length / 40) - 1;

        Entry(map, last).Should().Be((7, 0x1000000000, 0x40000));
        (BitConverter.ToUInt64(map[((last * 40) + 32)..]) & 0x40000).Should().Be(purpose);
    }

    private static (uint Type, ulong Start, ulong Pages) Entry(ReadOnlySpan<byte> map, int index) =>
        (BitConverter.ToUInt32(map[(index * 40)..]), BitConverter.ToUInt64(map[((index * 40) + 8)..]), BitConverter.ToUInt64(map[((index * 40) + 24)..]));

    private static int Sum(byte[] bytes) => bytes.Sum(b => b) & 0xff;

    private static byte[] AfterHeader(byte[] table) => table[36..];

    private static byte[] Recorded(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "01-single-volatile", "fw", "tables", name));

    private static IEnumerable<string> Affinities(byte[] srat)
    {
        for (int offset = 48; offset < srat.Length; offset += srat[offset + 1])
        {
            yield return Convert.ToHexString(srat, offset, srat[offset + 1]);
        }
    }

    private static bool IsEnabled(string entry) => (Convert.FromHexString(entry)[entry.StartsWith("00", StringComparison.Ordinal) ? 4 : 28] & 1) != 0;
}
