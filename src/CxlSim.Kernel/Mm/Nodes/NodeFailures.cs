using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>What became of pages that were found broken: nodeN/memory_failure (<c>mm/memory-failure.c</c>).</summary>
public sealed class NodeFailures() : KObject("memory_failure")
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NodeFailures>.ReadOnly("total", f => Decimal(f.Ignored + f.Failed + f.Delayed + f.Recovered)),
        Attr<NodeFailures>.ReadOnly("ignored", f => Decimal(f.Ignored)),
        Attr<NodeFailures>.ReadOnly("failed", f => Decimal(f.Failed)),
        Attr<NodeFailures>.ReadOnly("delayed", f => Decimal(f.Delayed)),
        Attr<NodeFailures>.ReadOnly("recovered", f => Decimal(f.Recovered)));

    /// <summary>Nothing could be done: the kernel's own pages.</summary>
    public ulong Ignored { get; internal set; }

    public ulong Failed { get; internal set; }

    public ulong Delayed { get; internal set; }

    /// <summary>The page is out of use and nobody else suffers.</summary>
    public ulong Recovered { get; internal set; }

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    private static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
