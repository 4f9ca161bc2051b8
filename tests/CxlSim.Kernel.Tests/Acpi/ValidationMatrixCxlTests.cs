using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>The rows of the validation matrix on what drivers read: CEDT in cxl_acpi, CDAT, EFI map, hot-added memory (fact sheet 10, 12).</summary>
/// <remarks>A failure of hmem to get a number or a device has no test: the model does not run out of either. CMA has its rows in ContiguousMemoryTests.</remarks>
public sealed class ValidationMatrixCxlTests
{
    private const string Machine = """
        memory: {dram: 1GiB}
        host_bridges: [{uid: 4, bus: 0x10}, {uid: 5, bus: 0x20}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [4, 5], granularity: 256}, {base: 0x2000000000, size: 1GiB, targets: [4]}]
        """;

    /// <summary>The window of two ways from its size on: size, ways, arithmetic, reserved, granularity.</summary>
    private static readonly byte[] Window = [0, 0, 0, 0x40, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];

    public static TheoryData<string, byte[], byte[], string[]> WindowRows => new()
    {
        { "arithmetic", Window, Window.With(9, 2), ["E CFMWS Unknown Interleave Arithmetic: 2", "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)"] },
        { "size", Window, Window.With(3, 0x41), ["E CFMWS Window Size not 256MB aligned", "E Failed to add decode range: [0x1000000000 - 0x1040ffffff] (-22)"] },
        { "base", [0, 0, 0, 0, 0x10, 0, 0, 0, .. Window], [0, 0, 0, 8, 0x10, 0, 0, 0, .. Window], ["E CFMWS Base HPA not 256MB aligned", "E Failed to add decode range: [0x1008000000 - 0x1047ffffff] (-22)"] },
        { "ways", Window, Window.With(8, 5), ["E CFMWS Interleave Ways (5) invalid", "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)"] },
        { "granularity", Window, Window.With(12, 7), ["E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)"] },
        { "length, for its ways", Window, Window.With(8, 2), ["E CFMWS length 44 less than expected 52", "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)"] },
        { "XOR without a CXIMS", Window, Window.With(9, 1), ["E No CXIMS for HBIG 256", "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)"] },
    };

    [Theory]
    [MemberData(nameof(WindowRows))]
    public void Cfmws_Row(string what, byte[] sound, byte[] spoilt, string[] lines)
    {
        HostileBoot boot = new(Given.Platform(Machine));
        Tables(boot).Replace("CEDT", sound, spoilt);

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().ContainInOrder(lines, what);
        boot.Log.Graded.Select(Plain).Count(line => line.StartsWith("E CFMWS", StringComparison.Ordinal) || line.StartsWith("E No CXIMS", StringComparison.Ordinal)).Should().Be(lines.Length - 1);
        boot.Kernel!.Cxl.Root!.Decoders.Should().ContainSingle("the other window goes on").Which.Range!.Value.Start.Value.Should().Be(0x20_0000_0000);
    }

    [Fact]
    public void CfmwsThatIsTooLong_IsAccepted()
    {
        HostileBoot boot = new(Given.Platform(Machine));
        Tables(boot).Replace("CEDT", Window, Window.With(8, 0)); // one way, two targets

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().Contain("D CFMWS length 44 greater than expected 40");
        boot.Kernel!.Cxl.Root!.Decoders.Should().HaveCount(2);
    }

    /// <summary>The structure has one map, where four ways need two; then one before it whose granularity is none.</summary>
    [Theory]
    [InlineData(0, 1, "D the CXIMS for HBIG 0 has fewer than the 2 maps that are needed", "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-6)")]
    [InlineData(7, 2, "E Failed to add decode range: [0x1000000000 - 0x103fffffff] (-22)", null)]
    public void UnfitCxims_IsOnlyTheGenericError(byte granularity, byte count, string first, string? second)
    {
        HostileBoot boot = new(Given.Platform("""
            memory: {dram: 1GiB}
            host_bridges: [{uid: 4, bus: 0x10}, {uid: 5, bus: 0x20}, {uid: 6, bus: 0x30}, {uid: 7, bus: 0x40}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [4, 5, 6, 7], arithmetic: xor, xor_maps: [0x2020900, 0x4041200]}]
            """));
        Tables(boot).Replace("CEDT", [2, 0, 0x18, 0, 0, 0, 0, 2], [2, 0, 0x18, 0, 0, 0, granularity, count]);

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().ContainInOrder([first, .. second is null ? Array.Empty<string>() : [second]]);
        boot.Log.Graded.Select(Plain).Should().NotContain(line => line.StartsWith("E No CXIMS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, 9, "W No CHBS found for Host Bridge (UID 4)")]
    public void BridgeWithoutChbs_IsIgnored(byte uid, byte other, string line)
    {
        HostileBoot boot = new(Given.Platform(Machine));
        Tables(boot).Replace("CEDT", [0, 0, 0x20, 0, uid, 0, 0, 0], [0, 0, 0x20, 0, other, 0, 0, 0]);

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().Contain(line);
        boot.Kernel!.Cxl.Root!.Dports.Should().ContainSingle();
    }

    [Fact]
    public void BridgeWithoutRegisters_IsIgnored()
    {
        HostileBoot boot = new(Given.Platform(Machine.Replace("uid: 4, bus: 0x10", "uid: 4, bus: 0x10, component_registers: 0x480000000", StringComparison.Ordinal)));
        Tables(boot).Replace("CEDT", BitConverter.GetBytes(0x4_8000_0000UL), new byte[8]);

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().Contain("W No CHBS found for Host Bridge (UID 4)");
    }

    [Fact]
    public void BridgeThatDoesNotSayWhoItIs_StopsTheDriver()
    {
        HostileBoot boot = new(Given.Platform(Machine));
        Tables(boot).Replace("DSDT", Encoding.ASCII.GetBytes("_UID"), Encoding.ASCII.GetBytes("XUID"));

        boot.Run().Should().BeNull();

        boot.Log.Graded.Select(Plain).Should().Contain("E unable to retrieve _UID");
        boot.Kernel!.PlatformBus.Find("ACPI0017:00")!.Driver.Should().BeNull();
        boot.Kernel.Cxl.Bus.Devices.Should().BeEmpty("nothing of the root stays");
    }

    private static byte[] Area(byte handle, byte length = 0x18) => [0, 0, length, 0, handle, 0, 0, 0, .. new byte[8], 0, 0, 0, 0x40, 0, 0, 0, 0];

    /// <summary>A number of 100 ns.</summary>
    private static byte[] Number(byte handle, byte dataType = 0, byte flags = 0, byte length = 0x18) =>
        [1, 0, length, 0, handle, flags, dataType, 0, 0xe8, 3, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0];

    public static TheoryData<string, byte[], string?, int, uint> CdatRows => new()
    {
        { "sound", [.. Area(1), .. Number(1)], null, 1, 100 },
        { "DSMAS of another length", [.. Area(1, 0x17), .. Number(1)], "W cxl: CDAT: a DSMAS of 23 bytes, not 24", 0, 0 },
        { "DSLBIS of another length", [.. Area(1), .. Number(1, length: 0x17)], "W cxl: CDAT: a DSLBIS of 23 bytes, not 24", 0, 0 },
        { "DSLBIS without DSMAS", [.. Area(1), .. Number(2), .. Number(1)], "W cxl: CDAT: a DSLBIS of handle 2, which no DSMAS has", 1, 100 },
        { "unknown kind of number", [.. Area(1), .. Number(1, dataType: 6)], null, 1, 0 },
        { "number of a cache", [.. Area(1), .. Number(1, flags: 1)], null, 1, 0 },
        { "two areas of one handle", [.. Area(1), .. Area(1), .. Number(1)], "D cxl: CDAT: a second DSMAS of handle 1", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(CdatRows))]
    public void Cdat_Row(string what, byte[] records, string? line, int areas, uint latency)
    {
        (KernelLog log, LogSink sink) = Log();

        var found = CdatParser.Partitions([.. new byte[16], .. records], log, out _);

        sink.Graded.Should().Equal(line is null ? [] : [line], what);
        found.Should().HaveCount(areas, what);
        found.FirstOrDefault().Device.ReadLatency.Should().Be(latency, what);
    }

    [Theory]
    [InlineData(0x18, 1, null)]
    [InlineData(0x17, 0, "W cxl: CDAT: an SSLBIS of 23 bytes in 24")]
    [InlineData(0x10, 0, "W cxl: CDAT: an SSLBIS of 16 bytes in 24")]
    [InlineData(0x20, 0, "W cxl: CDAT: an SSLBIS of 32 bytes in 24")]
    public void Sslbis_NeedsWholeEntries(byte length, int paths, string? line)
    {
        (KernelLog log, LogSink sink) = Log();

        CdatParser.Paths([.. new byte[16], 5, 0, length, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 9, 0, 0, 0], log).Should().HaveCount(paths);

        sink.Graded.Should().Equal(line is null ? [] : [line]);
    }

    /// <summary>A descriptor of no pages, and one whose pages do not fit 64 bits.</summary>
    [Fact]
    public void EfiDescriptorsThatMakeNoSense_AreDropped()
    {
        TableMachine machine = new TableMachine().Ram(0, 0x3fff_ffff).Efi(new() { Type = 7, PhysicalStart = 0x1000 }).Efi(new() { Type = 7, PhysicalStart = 0x2000, NumberOfPages = ulong.MaxValue });

        machine.Boot();

        machine.Log.Graded.Where(line => line.Contains("efi:", StringComparison.Ordinal)).Should().Equal(
            "W efi: [Firmware Bug]: the memory map has entries that make no sense",
            "W efi: invalid entry at 0x1000 of 0x0 pages is removed",
            "W efi: invalid entry at 0x2000 of 0xffffffffffffffff pages is removed");
    }

    [Fact]
    public void EntriesBeyondTheTablesCapacity_AreIgnored()
    {
        (KernelLog log, LogSink sink) = Log();
        E820Table table = new(log, new KernelConfig(new Version(6, 12), new Dictionary<string, string>()), ResourceTree.End);

        table.Add(Enumerable.Range(0, 3201).Select(i => (AddressRange.Of(new Hpa((ulong)i << 20), ByteSize.Page), E820Type.Ram)));

        table.Entries.Should().HaveCount(3200);
        sink.Graded.Should().Equal("E e820: the table is full; [mem 0xc8000000-0xc8000fff] is ignored");
    }

    /// <summary>Soft-reserved memory that no table gives a node, and such that holds no whole block.</summary>
    [Theory]
    [InlineData("0x180000000-0x18fffffff", "W rejecting DAX region with invalid node: -1", null)]
    [InlineData("0x140200000-0x1441fffff", "I mapping0: 0x140200000-0x1441fffff too small after alignment", "W rejecting DAX region without any memory after alignment")]
    public void MemoryThatCannotBeAdded_IsRejected(string range, string first, string? second)
    {
        Given.Booted($$"""
            memory:
              nodes: [{pxm: 0, size: 2GiB, cpus: 1}]
              efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim}, {range: {{range}}, type: conventional, sp: true}]
              srat: [{cpu: 0, pxm: 0}, {memory: 0x0-0x7fffffff, pxm: 0}, {memory: 0x100000000-0x17fffffff, pxm: 0, hotplug: true}]
            """, out LogSink log);

        log.Graded.Select(Plain).Should().ContainInOrder([first, .. second is null ? Array.Empty<string>() : [second]]);
    }

    private static (KernelLog Log, LogSink Sink) Log()
    {
        Simulation simulation = new(0);
        LogSink sink = new();
        simulation.AddSink(sink);
        return (new KernelLog(simulation), sink);
    }

    private static TableList Tables(HostileBoot boot) => new(boot.Hardware, boot.Handoff.Rsdp);

    /// <summary>Without driver and device before the text.</summary>
    private static string Plain(string line)
    {
        string[] words = line.Split(": ", 2);
        bool hasDevice = words.Length == 2 && words[0].Split(' ') is [_, "cxl_acpi" or "acpi" or "kmem", _];
        return hasDevice ? $"{line[0]} {words[1]}" : line;
    }
}
