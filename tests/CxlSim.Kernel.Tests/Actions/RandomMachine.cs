using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>A legal platform by chance: up to three bridges with root ports, switches and devices, and windows over some of them.</summary>
internal static class RandomMachine
{
    private static readonly int[] Granularities = [256, 512, 1024, 4096, 8192, 16384];

    public static string Yaml(SimRandom random)
    {
        int bridges = 1 + (int)random.Next(3);
        int serial = 1;
        string[] rows = [.. Enumerable.Range(0, bridges).Select(Bridge)];
        string decoders = random.Next(4) == 0 ? "programmed" : "os";
        string version = random.Next(4) == 0 ? "7.0" : "6.12";
        return $$"""
            kernel: {version: {{version}}, command_line: "memhp_default_state=offline"}
            memory: {dram: 256MiB, cpus: 1}
            firmware: {decoders: {{decoders}}}
            host_bridges:
            {{string.Join('\n', rows.Select(row => "  - " + row))}}
            windows:
            {{string.Join('\n', Windows(random, bridges, bridges == 3).Select(window => "  - " + window))}}
            """;

        string Bridge(int index) => $"{{uid: {index + 1}, bus: {(index + 1) * 16}, root_ports: [{string.Join(", ", Enumerable.Range(0, 1 + (int)random.Next(2)).Select(_ => Port(allowsSwitch: true)))}]}}";

        string Port(bool allowsSwitch) => random.Next(6) switch
        {
            0 => "{}",
            1 or 2 when allowsSwitch => $"{{switch: {{ports: [{Port(false)}, {Port(false)}]}}}}",
            _ => $"{{type3: {Device()}}}",
        };

        string Device()
        {
            ulong ram = random.Next(4);
            ulong pmem = ram == 0 ? 1 + random.Next(3) : random.Next(3);
            string interleave = random.Next(8) == 0 ? ", interleave: [bits_8_to_11]" : string.Empty;
            return $"{{serial: {serial++}, volatile: {ram * 256}MiB, persistent: {pmem * 256}MiB{interleave}}}";
        }
    }

    /// <summary>One window after the other from 64 GiB on; its size is what its ways can share.</summary>
    private static IEnumerable<string> Windows(SimRandom random, int bridges, bool allowsThree)
    {
        ulong next = 0x1000000000;
        int count = 1 + (int)random.Next(3);
        for (int i = 0; i < count; i++)
        {
            int first = 1 + (int)random.Next((ulong)bridges);
            int second = 1 + (first % bridges);
            int ways = allowsThree && random.Next(3) == 0 ? 3 : bridges > 1 && random.Next(2) == 0 ? 2 : 1;
            string targets = ways == 3 ? "1, 2, 3" : ways == 2 ? $"{first}, {second}" : $"{first}";
            ulong size = (1 + random.Next(4)) * 768 * 2;
            string arithmetic = ways == 2 && random.Next(4) == 0 ? ", arithmetic: xor, xor_maps: [0x404100]" : string.Empty;
            string granularity = arithmetic.Length > 0 ? "256" : $"{Granularities[random.Next((ulong)Granularities.Length)]}";
            yield return $"{{base: 0x{next:x}, size: {size}MiB, targets: [{targets}], granularity: {granularity}B, restrictions: 0xf{arithmetic}}}";
            next += 0x1_8000_0000;
        }
    }
}
