using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Kernel.Tests;

/// <summary>Wrong tables, a wrong memory map and lying registers: the modelled kernel complains or does without, and comes to the end of its boot.</summary>
public sealed class HostileInputTests
{
    private const int RoundsInTheSuite = 1_000;

    /// <summary>Decoders programmed below an XOR window and Soft Reserved; a switch; a PCIe root besides; boot memory of two nodes; two hosts of CXL 1.1.</summary>
    private static readonly PlatformDescription[] Machines =
    [
        .. new[]
        {
            """
            firmware: {decoders: programmed}
            memory: {nodes: [{pxm: 0, size: 256MiB, cpus: 1}, {pxm: 3, size: 256MiB, cpus: 1}]}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB, serial: 1}}, {type3: {volatile: 256MiB, serial: 2}}]}
              - {uid: 4, bus: 0x20, root_ports: [{type3: {volatile: 256MiB, serial: 3}}, {type3: {volatile: 256MiB, serial: 4}}]}
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5, 4], arithmetic: xor, xor_maps: [0x404100], efi: soft_reserved}]
            """,
            """
            memory: {dram: 256MiB}
            host_bridges:
              - {kind: pcie, bus: 0x00, functions: [{at: 01.0, id: "1b36:000b", class: 0x060000, bars: [{index: 0, size: 4KiB}]}]}
              - {uid: 7, bus: 0x10, root_ports: [{switch: {ports: [{type3: {volatile: 256MiB, persistent: 256MiB, serial: 1}}, {type3: {volatile: 256MiB}}]}}]}
            windows: [{base: 0x1000000000, size: 1GiB, targets: [7], restrictions: 0xf}]
            """,
            """
            firmware: {decoders: programmed}
            memory: {dram: 256MiB}
            host_bridges:
              - {uid: 3, bus: 0x10, cxl: 1.1, rcrb: 0x200000000, type3: {volatile: 256MiB, serial: 1}}
              - {uid: 4, bus: 0x20, cxl: 1.1, rcrb: 0x200100000, type3: {volatile: 256MiB, hdm_decoders: 0, serial: 2}}
            windows: [{base: 0x1000000000, size: 256MiB, targets: [3]}, {base: 0x1010000000, size: 256MiB, targets: [4]}]
            """,
        }.Select(Given.Platform),
    ];

    /// <summary>Set CXLSIM_FUZZ_ROUNDS for a longer run, and CXLSIM_FUZZ_SEED for where it starts.</summary>
    [Fact]
    public void EveryBoot_ComesToItsEnd()
    {
        int rounds = Number("CXLSIM_FUZZ_ROUNDS") ?? RoundsInTheSuite;
        int first = Number("CXLSIM_FUZZ_SEED") ?? 1;

        Dictionary<string, List<int>> failures = [];
        foreach (int seed in Enumerable.Range(first, rounds))
        {
            if (Run(seed) is { } failure)
            {
                failures.TryAdd(failure, []);
                failures[failure].Add(seed);
            }
        }

        failures.Select(pair => $"{pair.Key}\n  {pair.Value.Count} times, first with seed {pair.Value[0]}\n").Should().BeEmpty();
    }

    /// <summary>Tables most often, then the memory map, registers, configuration space, and the last two together.</summary>
    private static string? Run(int seed)
    {
        Random random = new(seed);
        HostileBoot boot = new(Machines[seed % Machines.Length]);
        TableMutator mutator = new(boot.Hardware, random);
        int kind = random.Next(10);
        if (kind < 6)
        {
            mutator.SpoilTables(boot.Handoff.Rsdp);
        }
        else if (kind == 6)
        {
            boot.Handoff = boot.Handoff with { EfiMemoryMap = mutator.Spoil(boot.Handoff.EfiMemoryMap.ToArray(), 0) };
        }

        uint liars = 4u << random.Next(9);
        boot.Bus = new LyingBus(boot.Hardware, (ulong)seed, liars, registers: kind is 7 or 9, configuration: kind is 8 or 9);
        return boot.Run();
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
