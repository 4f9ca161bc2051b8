namespace CxlSim.Kernel;

/// <summary>/sys/devices/system/node: which nodes are what (<c>drivers/base/node.c</c>).</summary>
public sealed class NodeSubsystem(Numa numa) : KObject("node")
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NodeSubsystem>.ReadOnly("possible", s => s.List(_ => true)),
        Attr<NodeSubsystem>.ReadOnly("online", s => s.List(node => node.IsOnline)),
        Attr<NodeSubsystem>.ReadOnly("has_memory", s => s.List(node => node.HasMemory)),
        Attr<NodeSubsystem>.ReadOnly("has_normal_memory", s => s.List(node => node.HasNormalMemory)),
        Attr<NodeSubsystem>.ReadOnly("has_cpu", s => s.List(node => node.HasCpu)),
        Attr<NodeSubsystem>.ReadOnly("has_generic_initiator", s => s.List(node => node.IsGenericInitiator)));

    private readonly Numa _numa = numa;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    private string List(Func<NumaNode, bool> predicate) => ListFormat.Of(_numa.PossibleNodes.Where(predicate).Select(node => node.Id));
}
