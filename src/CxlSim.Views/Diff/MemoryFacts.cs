using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What can be said of a machine's memory: blocks, nodes, zones, tiers, and what became of devices' capacity.</summary>
internal static class MemoryFacts
{
    public static IReadOnlyList<DiffFact> Blocks(LinuxKernel kernel) =>
    [
        new("block size", kernel.Memory.BlockSize.ToString()),
        .. kernel.Memory.Blocks.Select(block => new DiffFact(block.Name, block.State switch
        {
            MemoryBlockState.Online => $"online in {block.Zone?.Name ?? "several zones"} of {block.Node.Name}",
            MemoryBlockState.GoingOffline => "going offline",
            _ => "offline",
        })),
    ];

    public static IReadOnlyList<DiffFact> Nodes(LinuxKernel kernel) =>
    [
        .. kernel.Numa.PossibleNodes.SelectMany(node => new[]
        {
            new DiffFact(node.Name, node.IsOnline ? "online" : "possible"),
            new DiffFact($"{node.Name} memory", node.ManagedMemory.ToString()),
            new DiffFact($"{node.Name} cpus", ListFormat.Of(node.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number))),
        }),
        .. kernel.Numa.OnlineNodes.SelectMany(node => kernel.Numa.OnlineNodes.Where(other => other != node).Select(other => new DiffFact(
            $"distance from {node.Name} to {other.Name}", kernel.Numa.Distance(node.Id, other.Id).ToString(CultureInfo.InvariantCulture)))),
    ];

    public static IReadOnlyList<DiffFact> Zones(LinuxKernel kernel) =>
    [
        .. kernel.Numa.OnlineNodes.SelectMany(node => node.Zones.Where(zone => zone.IsPopulated).Select(zone => new DiffFact(
            $"{node.Name} {zone.Name}", $"{ByteSize.Page * zone.PresentPages} present, {ByteSize.Page * zone.ManagedPages} managed"))),
    ];

    public static IReadOnlyList<DiffFact> Tiers(LinuxKernel kernel) => [.. kernel.Tiers.Tiers.Select(tier => new DiffFact(tier.Name, $"nodes {ListFormat.Of(tier.Nodes)}"))];

    /// <param name="devices">Each device, and all together where there are several.</param>
    public static IReadOnlyList<DiffFact> Capacity(IReadOnlyList<DeviceCapacity> devices)
    {
        CapacityUse[] uses = Enum.GetValues<CapacityUse>();
        IEnumerable<DiffFact> all = uses.Select(use => new DiffFact($"all devices, {CapacityPart.Word(use)}", Sum(devices.Select(device => device.Total(use))).ToString()));
        return
        [
            .. devices.SelectMany(device => uses.Select(use => new DiffFact($"{device.Device}, {CapacityPart.Word(use)}", device.Total(use).ToString())).Concat(Reasons(device))),
            .. devices.Count > 1 ? all : [],
        ];
    }

    private static IEnumerable<DiffFact> Reasons(DeviceCapacity device) =>
        device.Parts.Where(part => part.Use == CapacityUse.Stranded).GroupBy(part => part.Rule.Length > 0 ? $"{part.Why} ({part.Rule})" : part.Why)
            .Select(parts => new DiffFact($"{device.Device}, stranded: {parts.Key}", Sum(parts.Select(part => part.Size)).ToString()));

    private static ByteSize Sum(IEnumerable<ByteSize> sizes) => sizes.Aggregate(ByteSize.Zero, (sum, size) => sum + size);
}
