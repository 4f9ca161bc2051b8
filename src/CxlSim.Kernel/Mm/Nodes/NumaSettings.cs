using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>/sys/kernel/mm/numa: whether reclaim demotes pages (<c>mm/memory-tiers.c</c>).</summary>
public sealed class NumaSettings() : KObject("numa")
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NumaSettings>.ReadWrite("demotion_enabled", s => s.DemotionEnabled ? "true" : "false", (s, value) =>
        {
            Errno error = Kstrto.Bool(value, out bool enabled);
            s.DemotionEnabled = error == Errno.Ok ? enabled : s.DemotionEnabled;
            return error;
        }));

    public bool DemotionEnabled { get; private set; }

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}
