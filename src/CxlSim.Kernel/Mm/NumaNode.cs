using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A NUMA node: <c>pg_data_t</c> and its device nodeN (<c>drivers/base/node.c</c>).</summary>
public sealed class NumaNode : Device
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NumaNode>.ReadOnly("cpulist", node => ListFormat.Of(node._cpus)),
        Attr<NumaNode>.ReadOnly("distance", node => string.Join(' ', node._numa.OnlineNodes.Select(other => node._numa.Distance(node.Id, other.Id)))),
        Attr<NumaNode>.ReadOnly("meminfo", node => node.MemoryInfo()));

    private readonly Numa _numa;
    private readonly List<int> _cpus = [];

    public NumaNode(Numa numa, int id)
        : base("node" + id.ToString(CultureInfo.InvariantCulture))
    {
        _numa = numa;
        Id = id;
    }

    public int Id { get; }

    public IReadOnlyList<int> Cpus => _cpus;

    public IReadOnlyList<Zone> Zones { get; } = [.. Enum.GetValues<ZoneType>().Select(type => new Zone(type))];

    public bool IsOnline { get; internal set; }

    public bool HasMemory => Zones.Any(zone => zone.IsPopulated);

    public bool HasNormalMemory => Zones.Any(zone => zone.Type <= ZoneType.Normal && zone.IsPopulated);

    public ByteSize ManagedMemory => ByteSize.Page * Zones.Aggregate(0UL, (sum, zone) => sum + zone.ManagedPages);

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    public Zone Zone(ZoneType type) => Zones[(int)type];

    internal void AddCpu(int cpu) => _cpus.Add(cpu);

    private string MemoryInfo()
    {
        ulong kilobytes = ManagedMemory.Bytes >> 10;
        return string.Create(CultureInfo.InvariantCulture, $"Node {Id} MemTotal:       {kilobytes,8} kB\nNode {Id} MemFree:        {kilobytes,8} kB");
    }
}
