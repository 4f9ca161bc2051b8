using System.Diagnostics;
using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Kernel.Tests;

/// <summary>Every kind of table, spoiled on its own: one that the simulator writes with all kinds of record, and one of a real firmware. The boot comes to its end, soon.</summary>
public sealed class TableMutationTests
{
    private const int RoundsInTheSuite = 150;
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(20);

    /// <summary>Tables with every kind of record.</summary>
    private const string Text = """
        memory:
          nodes: [{pxm: 0, size: 128MiB, cpus: 1}, {pxm: 3, size: 128MiB, cpus: 1}]
          madt: [{apic: 0}, {x2apic: 1}, {io_apic: 0, address: 0xfec00000}]
          srat:
            - {cpu: 0, pxm: 0}
            - {x2apic: 1, pxm: 3}
            - {generic_initiator: "00:02.0", pxm: 5}
            - {memory: 0x0-0x9ffff, pxm: 0}
            - {memory: 0x100000-0x7ffffff, pxm: 0}
            - {memory: 0x8000000-0xfffffff, pxm: 3, nonvolatile: true}
            - {memory: 0x1000000000-0x100fffffff, pxm: 4, hotplug: true, specific_purpose: true}
            - {generic_port: 5, pxm: 6}
          slit: [[10, 20, 30], [20, 10, 255], [40, 50, 10]]
          hmat:
            - proximity: {memory: 0, initiator: 0}
            - locality: {data_type: access_latency, base_unit: 1000, initiators: [0, 3], targets: [0, 3, 4, 6], entries: [[10, 20, 30, 40], [20, 10, 30, 40]]}
            - locality: {data_type: access_bandwidth, base_unit: 100, initiators: [0, 3], targets: [0, 3, 4, 6], entries: [[90, 80, 70, 60], [80, 90, 70, 60]]}
            - cache: {memory: 0, size: 64MiB, smbios_handles: [1, 2]}
        firmware: {tables: {CEDT: {rdpas: [{bdf: "00:00.0", address: 0x1000}], csds: 1}}}
        host_bridges: [{uid: 5, bus: 0x10, pxm: 0, cbr: [1, 2, 3], root_ports: [{type3: {volatile: 256MiB}}]}, {uid: 4, bus: 0x20, root_ports: [{}]}]
        windows: [{base: 0x1000000000, size: 256MiB, targets: [5]}, {base: 0x1010000000, size: 512MiB, targets: [5, 4], arithmetic: xor, xor_maps: [0x404100]}]
        """;

    private static readonly PlatformDescription Everything = Given.Platform(Text);

    /// <summary>The same with a table that few boards have.</summary>
    private static readonly PlatformDescription WithTimer = Given.Platform(Text.Replace("tables: {", "tables: {HPET: {}, ", StringComparison.Ordinal));

    public static TheoryData<string> Signatures => ["APIC", "CEDT", "DSDT", "FACP", "HMAT", "HPET", "MCFG", "RSDP", "SLIT", "SRAT", "XSDT"];

    /// <summary>Set CXLSIM_FUZZ_ROUNDS for a longer run, and CXLSIM_FUZZ_SEED for where it starts.</summary>
    [Theory]
    [MemberData(nameof(Signatures))]
    public void SpoiledTable_DoesNotKeepTheBootFromItsEnd(string signature)
    {
        PlatformDescription[] machines = [signature == "HPET" ? WithTimer : Everything, .. Recorded(signature)];
        int rounds = Number("CXLSIM_FUZZ_ROUNDS") ?? RoundsInTheSuite;
        int first = Number("CXLSIM_FUZZ_SEED") ?? 1;
        List<string> failures = [];
        foreach (int seed in Enumerable.Range(first, rounds))
        {
            HostileBoot boot = new(machines[seed % machines.Length]);
            new TableMutator(boot.Hardware, new Random(seed)).SpoilTable(boot.Handoff.Rsdp, signature);
            Stopwatch watch = Stopwatch.StartNew();
            string? failure = boot.Boot() ?? (watch.Elapsed > LongestBoot ? "takes too long" : null);
            if (failure is not null)
            {
                failures.Add($"seed {seed}: {failure}");
            }
        }

        failures.Should().BeEmpty();
    }

    /// <summary>Found by a long run: a pointer into the middle of a table, where a length of megabytes leads past memory, which took seconds to walk.</summary>
    [Theory]
    [InlineData(1134)]
    [InlineData(1692)]
    public void TableThatEndsInNoMemory_IsNotWalked(int seed)
    {
        HostileBoot boot = new(Everything);
        new TableMutator(boot.Hardware, new Random(seed)).SpoilTable(boot.Handoff.Rsdp, "XSDT");
        LoadedBytes loads = new(boot.Hardware);
        boot.Bus = loads;

        boot.Boot().Should().BeNull();

        boot.Log.Lines.Should().ContainMatch("ACPI: table * does not lie in memory");
        loads.Largest.Should().BeLessThan(1 << 20);
    }

    /// <summary>The machine with a real firmware's table in place of its own; none where no recording has the table, or it holds addresses of its machine.</summary>
    private static IEnumerable<PlatformDescription> Recorded(string signature)
    {
        string file = Path.Combine(RepositoryRoot.Find(), "tests", "golden", "13-hmat-generic-port", "fw", "tables", signature);
        if (File.Exists(file))
        {
            SortedDictionary<string, TableDescription> tables = new(StringComparer.Ordinal) { [signature] = new TableDescription { Raw = File.ReadAllBytes(file) } };
            yield return Everything with { Firmware = Everything.Firmware with { Tables = tables } };
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
