using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>nodeN/accessC: who reaches the node's memory in this class, and how fast (<c>drivers/base/node.c</c>, struct node_access_nodes).</summary>
public sealed class NodeAccess : Device
{
    private readonly InitiatorDirectory _initiators = new();

    public NodeAccess(int accessClass)
        : base("access" + accessClass.ToString(CultureInfo.InvariantCulture))
    {
        Attach(_initiators);
        Attach(Targets);
    }

    public KObject Initiators => _initiators;

    public KObject Targets { get; } = new("targets");

    /// <summary>Null: only links are known.</summary>
    public AccessCoordinates? Coordinates
    {
        get => _initiators.Coordinates;
        set => _initiators.Coordinates = value;
    }

    private sealed class InitiatorDirectory() : KObject("initiators")
    {
        private static readonly AttributeGroup Attributes = new(
            File("read_bandwidth", c => c.ReadBandwidth),
            File("read_latency", c => c.ReadLatency),
            File("write_bandwidth", c => c.WriteBandwidth),
            File("write_latency", c => c.WriteLatency));

        public AccessCoordinates? Coordinates { get; set; }

        public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

        private static KAttribute File(string name, Func<AccessCoordinates, uint> value) => Attr<InitiatorDirectory>.ReadOnly(
            name, d => value(d.Coordinates!.Value).ToString(CultureInfo.InvariantCulture), visible: d => d.Coordinates is not null);
    }
}
