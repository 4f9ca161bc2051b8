using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What a create-region step should have said: the kernel's nearest change, in the keys of the step.</summary>
public static class StepProposal
{
    private static readonly KernelRule[] OfOrder = [RefusalRules.PositionBridge, RefusalRules.PortPeer, RefusalRules.PortTargetsFull, RefusalRules.PortTargetCount];
    private static readonly KernelRule[] OfWays = [RefusalRules.WaysIllegal, RefusalRules.WaysOfWindow];
    private static readonly KernelRule[] OfSize = [RefusalRules.SizeUnit, RefusalRules.SizeRoom];
    private static readonly KernelRule[] OfShare = [RefusalRules.DpaUnit, RefusalRules.DpaRoom];

    private static readonly KernelRule[] OfGranularity =
    [
        RefusalRules.GranularityIllegal, RefusalRules.GranularityOfWindow, RefusalRules.MemberInterleave, RefusalRules.PortGranularity, RefusalRules.PortInterleave,
    ];

    /// <summary>The step with one key changed; null where no key of it would do.</summary>
    public static CreateRegionStep? Of(MachineSession session, CreateRegionStep step, Refusal refusal)
    {
        if (session.Kernel.Cxl.Bus.Find(step.Decoder) is not CxlRootDecoder root || RegionMembers.Find(session, root, step.Memdevs, out _) is not { } members)
        {
            return null;
        }

        if (OfOrder.Contains(refusal.Rule))
        {
            return InOrder(session, step, root, members);
        }

        if (OfWays.Contains(refusal.Rule) && Value(refusal, "interleave_ways") is { } ways)
        {
            return InOrder(session, step, root, Spread(root, [.. members.Union(RegionMembers.Below(session.Kernel, root))], (int)ways));
        }

        if (OfGranularity.Contains(refusal.Rule) && Value(refusal, "interleave_granularity") is { } granularity)
        {
            return step with { Granularity = (int)granularity };
        }

        if (OfSize.Contains(refusal.Rule) && Value(refusal, "size") is { } size)
        {
            return step with { Size = new ByteSize(size) };
        }

        return OfShare.Contains(refusal.Rule) && Value(refusal, "dpa_size") is { } share ? step with { Size = new ByteSize(share) * (ulong)members.Count } : null;
    }

    /// <summary>The key that differs, as it is written; empty where there is no change.</summary>
    public static string Text(CreateRegionStep step, CreateRegionStep? changed) => changed switch
    {
        null => string.Empty,
        { Size: { } size } when size != step.Size => $"size: {size.ToString().Replace(" ", "", StringComparison.Ordinal)}",
        { Granularity: { } granularity } when granularity != step.Granularity => string.Create(CultureInfo.InvariantCulture, $"granularity: {granularity}"),
        _ => $"memdevs: [{string.Join(", ", changed.Memdevs)}]",
    };

    private static CreateRegionStep? InOrder(MachineSession session, CreateRegionStep step, CxlRootDecoder root, List<CxlMemdev> members) =>
        members.Count > 0 && MemberOrder.Find(root, [.. members.Select(member => member.Endpoint!)]) is { } order
            ? step with { Memdevs = [.. order.Select(port => Word(session, step, (CxlMemdev)port.Uport))] }
            : null;

    /// <summary>As the step calls the device.</summary>
    private static string Word(MachineSession session, CreateRegionStep step, CxlMemdev memdev) => step.Memdevs.Contains(memdev.Name) ? memdev.Name : RegionMembers.NameOf(session, memdev);

    /// <summary>As many from below each target of the window: first those that are named.</summary>
    private static List<CxlMemdev> Spread(CxlRootDecoder root, List<CxlMemdev> members, int ways) =>
        [.. root.Targets.SelectMany(target => members.Where(member => member.Endpoint!.UpToRoot().Last().ParentDport == target).Take(ways / root.Ways))];

    private static ulong? Value(Refusal refusal, string attribute) =>
        refusal.Nearest?.Writes.FirstOrDefault(write => write.Path.EndsWith("/" + attribute, StringComparison.Ordinal)) is { Value: var value } && ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number > 0
            ? number
            : null;
}
