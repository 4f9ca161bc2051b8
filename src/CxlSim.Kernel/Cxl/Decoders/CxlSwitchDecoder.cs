using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>A decoder of a host bridge or switch (<c>struct cxl_switch_decoder</c>).</summary>
public sealed class CxlSwitchDecoder(CxlPort port, int id, int maxTargets, bool isPassthrough) : CxlDecoder(port, id)
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlSwitchDecoder>.ReadOnly("target_type", d => d.TargetType),
        Attr<CxlSwitchDecoder>.ReadOnly("target_list", d => TargetList(d.Targets)),
        Attr<CxlSwitchDecoder>.ReadOnly("region", d => d.Region?.Name ?? string.Empty));

    /// <summary>How many targets the hardware can tell apart.</summary>
    public int MaxTargets => maxTargets;

    /// <summary>A bridge with one root port and no decoder in hardware: nothing to commit.</summary>
    public bool IsPassthrough => isPassthrough;

    public List<CxlDport> Targets { get; } = [];

    /// <summary>The port numbers that its registers named when it was found, by position (<c>target_map</c>).</summary>
    internal IReadOnlyList<int> TargetMap { get; set; } = [];

    public override string DeviceType => "cxl_decoder_switch";

    protected override IReadOnlyList<AttributeGroup> DecoderGroups => [Attributes];

    /// <summary>Takes those that were found as far as they are dports by now: behind a gap none is listed (<c>update_decoder_targets</c>).</summary>
    internal void FillTargets()
    {
        while (Targets.Count < TargetMap.Count && Port.FindDport(TargetMap[Targets.Count]) is { } next)
        {
            Targets.Add(next);
        }
    }

    internal static string TargetList(IEnumerable<CxlDport> targets) =>
        string.Join(',', targets.Select(dport => dport.PortId.ToString(CultureInfo.InvariantCulture)));
}
