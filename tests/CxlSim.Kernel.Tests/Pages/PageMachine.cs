using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A node of DRAM with CPUs and one of CXL memory, and what programs do to them.</summary>
internal static class PageMachine
{
    /// <summary>4 GiB of DRAM, 4 GiB of CXL memory in 32 blocks from memory146 on; what becomes of them says the command line.</summary>
    public static MachineSession With(string commandLine, string dram = "4GiB", string region = "- create-region: {decoder: decoder0.0}") => Given.AfterSteps($$"""
        memory: {nodes: [{pxm: 0, size: {{dram}}, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 4GiB} }]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        kernel: {command_line: "{{commandLine}}"}
        steps:
        {{region}}
        """);

    public static Errno Take(this MachineSession session, ulong pages, MemoryPolicy? policy = null, PageUse use = PageUse.Anonymous, string task = "task") =>
        session.Do<Errno>("allocate", () => session.Kernel.Tasks.Allocate(task, use, ByteSize.Page * pages, policy ?? new MemoryPolicy(PolicyMode.Default, [], 0)));

    public static Errno End(this MachineSession session, string task = "task") => session.Do<Errno>("free", () => session.Kernel.Tasks.Release(task));

    public static MemoryPolicy Policy(PolicyMode mode, params int[] nodes) => new(mode, nodes, 0);

    public static Zone Zone(this MachineSession session, int node, ZoneType type) => session.Kernel.Numa.Node(node).Zone(type);

    /// <summary>Pages of a program by node and zone: <c>0.Normal 5, 1.Movable 7</c>.</summary>
    public static string Where(this MachineSession session, string task = "task") => session.Kernel.Tasks.Find(task) is { } holding
        ? string.Join(", ", holding.ByZone().Select(part => $"{part.Node.Id}.{part.Zone.Name} {part.Pages}"))
        : "nothing";

    public static Errno State(this MachineSession session, int block, string state) => session.Write($"/sys/devices/system/memory/memory{block}/state", state);
}
