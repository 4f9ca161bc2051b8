namespace CxlSim.Kernel;

/// <summary>Huge pages of one size on a node: nodeN/hugepages/hugepages-NkB (<c>mm/hugetlb.c</c>).</summary>
public sealed class NodeHugePages(HugePagePool pool, NumaNode node) : KObject(pool.Name), IHugePageCounts
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NodeHugePages>.ReadWrite("nr_hugepages", p => HugePagePool.Decimal(p.Total), (p, value) => p._pool.Store(value, p._node)),
        Attr<NodeHugePages>.ReadOnly("free_hugepages", p => HugePagePool.Decimal(p.Free)),
        Attr<NodeHugePages>.ReadOnly("surplus_hugepages", _ => "0"),
        Attr<NodeHugePages>.ReadOnly("demote_size", _ => "2048kB", visible: p => p._pool.Use == PageUse.Huge1G),
        Attr<NodeHugePages>.WriteOnly("demote", (p, value) => p._pool.StoreDemote(value, p._node), visible: p => p._pool.Use == PageUse.Huge1G));

    private readonly HugePagePool _pool = pool;
    private readonly NumaNode _node = node;

    public ulong Total => _pool.TotalOf(_node);

    public ulong Free => _pool.FreeOf(_node);

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}
