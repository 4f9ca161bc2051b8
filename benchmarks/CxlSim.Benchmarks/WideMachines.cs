namespace CxlSim.Benchmarks;

/// <summary>Platforms with many devices.</summary>
internal static class WideMachines
{
    private const int BridgesPerSegment = 15; // 17 buses each

    /// <summary>Two host bridges of two root ports, a switch of four devices at each: window, bridges and switches spread one region of 16 ways.</summary>
    public static string SixteenWays()
    {
        IEnumerable<string> bridges = Enumerable.Range(0, 2).Select(b => $"{{uid: {b + 1}, bus: {(b + 1) * 0x20}, root_ports: [{Switch(b, 0)}, {Switch(b, 1)}]}}");
        IEnumerable<string> members = from s in Enumerable.Range(0, 4) from r in Enumerable.Range(0, 2) from b in Enumerable.Range(0, 2) select $"d{b}x{r}x{s}";
        return $$$"""
            host_bridges: [{{{string.Join(", ", bridges)}}}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [1, 2], granularity: 256B, restrictions: 0xf}]
            steps: [{create-region: {decoder: decoder0.0, memdevs: [{{{string.Join(", ", members)}}}], granularity: 256B}}]
            """;

        static string Switch(int bridge, int port) =>
            $"{{switch: {{ports: [{string.Join(", ", Enumerable.Range(0, 4).Select(s => $"{{type3: {{id: d{bridge}x{port}x{s}, volatile: 256MiB}}}}"))}]}}}}";
    }

    /// <summary>Host bridges of 16 root ports with a device each, and a window for each bridge.</summary>
    public static string Bridges(int count)
    {
        string ports = string.Join(", ", Enumerable.Repeat("{type3: {volatile: 256MiB}}", 16));
        IEnumerable<string> bridges = Enumerable.Range(0, count).Select(b =>
            $"{{uid: {b + 1}, segment: {b / BridgesPerSegment}, bus: {b % BridgesPerSegment * 17}, root_ports: [{ports}]}}");
        IEnumerable<string> windows = Enumerable.Range(0, count).Select(b => $"{{base: 0x{0x10_0000_0000 + (b * 0x1_0000_0000L):x}, size: 4GiB, targets: [{b + 1}]}}");
        return $"host_bridges: [{string.Join(", ", bridges)}]\nwindows: [{string.Join(", ", windows)}]";
    }

    /// <summary>One device that fills a window with memory blocks of 2 GiB, which Linux chooses where 64 GiB and more are not in a virtual machine. kmem is not loaded.</summary>
    public static string LargeBlocks(int count) => $$$"""
        kernel: {modules: [cxl_acpi, cxl_pci, cxl_mem, cxl_port, dax_cxl, device_dax]}
        memory: {nodes: [{pxm: 0, size: 128GiB, cpus: 1}]}
        host_bridges: [{uid: 1, bus: 0x20, root_ports: [{type3: {volatile: {{{count * 2}}}GiB}}]}]
        windows: [{base: 0x8000000000, size: {{{count * 2}}}GiB, targets: [1]}]
        steps: [{create-region: {decoder: decoder0.0}}]
        """;
}
