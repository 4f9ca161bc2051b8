using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>A region whose decoders firmware has committed: members arrive in any order and are sorted by what the decoders say.</content>
public sealed partial class CxlRegion
{
    /// <summary>What no region has that a user made.</summary>
    private const int NoPosition = -1;

    internal void AdoptAuto(Resource resource, int ways, int granularity, ByteSize cache)
    {
        Resource = resource;
        CacheSize = cache;
        Ways = ways;
        Granularity = granularity;
        IsAuto = true;
        State = RegionState.InterleaveActive;
    }

    /// <summary>A decoder that is committed for the region's addresses comes without having been told a place.</summary>
    internal Errno AttachAuto(CxlEndpointDecoder decoder) => Said(decoder, JoinAuto(decoder));

    private Errno JoinAuto(CxlEndpointDecoder decoder)
    {
        Errno error = CheckMember(decoder, TargetCount);
        if (error != Errno.Ok)
        {
            return error;
        }

        AddPerformance(decoder);
        if (!IsAuto)
        {
            return CheckPosition(decoder, NoPosition);
        }

        if (!decoder.IsAuto)
        {
            return RefuseManual(decoder);
        }

        List(decoder, TargetCount); // whoever is there: one that comes back need not find the place that it left
        return TargetCount < Ways ? Errno.Ok : BringUpAuto();
    }

    /// <summary>Members come by themselves or not at all: the region is of firmware as long as it exists.</summary>
    private Errno RefuseByHand(CxlEndpointDecoder decoder, int position) => !decoder.IsAuto ? RefuseManual(decoder) : Refuse(
        RefusalRules.AutoByHand, Errno.EINVAL, $"{decoder.Name}: position {position} is not for {Name} to be told", new NearestChange($"delete {Name} and make another region"), ("position", position));

    /// <summary>A decoder goes that a region lists without having it. Before 7.1 the region is left with what was one (<c>cxl_cancel_auto_attach</c>).</summary>
    internal static void CancelAuto(CxlCore cxl, CxlEndpointDecoder decoder)
    {
        if (cxl.Core.Config.Has(KernelChange.StagedMembersCancelled) && decoder is { Region: null, ListedIn: { } region } && region.IsInPlace(decoder))
        {
            region.Delist(decoder);
        }
    }

    private Errno RefuseManual(CxlEndpointDecoder decoder)
    {
        _cxl.Core.Log.Error(this, $"{decoder.Name}: expected auto state");
        return Because(RefusalRules.AutoState, Errno.EINVAL, $"{decoder.Name} is not one that firmware has committed");
    }

    private Errno BringUpAuto()
    {
        for (int place = 0; place < Ways; place++)
        {
            if (Targets[place]?.Port.Decoders.Contains(Targets[place]!) != true)
            {
                return Stop("cxl_calc_interleave_pos", place);
            }
        }

        CxlEndpointDecoder[] members = [.. Targets.OfType<CxlEndpointDecoder>()];
        Errno unsorted = Errno.Ok;
        foreach (CxlEndpointDecoder member in members)
        {
            CxlPort? lost = CalculatePosition(member, out int position);
            member.Position = lost is null ? position : -1;
            if (lost is not null)
            {
                unsorted = Because(RefusalRules.AutoPosition, Errno.ENXIO, $"no decoder of {lost.Name} leads {DecodedRange} to {Label(member)}");
            }
        }

        members = [.. members.OrderBy(member => member.Position)]; // those without a position come first
        members.CopyTo(Targets, 0);
        Debug(unsorted == Errno.Ok ? "region sort successful" : "region sort failed");
        if (unsorted != Errno.Ok)
        {
            return unsorted;
        }

        for (int place = 0; place < members.Length; place++)
        {
            CxlDport bridge = Root.Targets[place % Root.Ways];
            Errno error = DportTowards(Root.Port, members[place]) == bridge
                ? AttachPorts(members[place], place)
                : Because(
                    RefusalRules.PositionBridge, Errno.ENXIO, $"{Label(members[place])} is below another host bridge than the window has at position {place}", null,
                    ("member", Label(members[place])), ("position", place), ("host bridge of the window", bridge.PortId));
            if (error != Errno.Ok)
            {
                return error;
            }
        }

        ShareUpstream();
        Errno result = SetUpTargets();
        State = result == Errno.Ok ? RegionState.Commit : State;
        return result;
    }

    /// <summary>Whether the members of a region that a user made stand where firmware's would be found; only the log is told (the end of <c>cxl_region_attach</c>).</summary>
    private void TestPositions()
    {
        string name = _cxl.Core.Config.Has(KernelChange.LinesOf72) ? "target" : "cxled";
        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>())
        {
            int position = CalculatePosition(member, out int found) is null ? found : -(int)Errno.ENXIO;
            _cxl.Core.Log.Debug(
                member, $"Test cxl_calc_interleave_pos(): {(position == member.Position ? "success" : "fail")} test_pos:{position} {name}->pos:{member.Position}");
        }
    }

    /// <summary>
    /// From the endpoint up: the place in each level's target list, each level counting as much as those above it have ways (4.5). The decoder of a passthrough bridge maps
    /// nothing of firmware's, so nothing is found there.
    /// </summary>
    /// <returns>The port of which no decoder leads to the member; null where all do.</returns>
    private CxlPort? CalculatePosition(CxlEndpointDecoder member, out int position)
    {
        position = 0;
        for (CxlPort port = member.Port; !port.IsRoot; port = port.ParentPort!)
        {
            CxlPort parent = port.ParentPort!;
            (int ways, IReadOnlyList<CxlDport> targets) = parent.IsRoot ? (Root.Ways, Root.Targets) : DecoderFor(parent);
            int index = targets.ToList().IndexOf(port.ParentDport!);
            if (ways == 0)
            {
                _cxl.Core.Log.Error(port.Uport, $"failed to find decoder mapping {DecodedRange}");
            }

            if (ways == 0 || index < 0)
            {
                return parent;
            }

            position = (position * ways) + index;
        }

        _cxl.Core.Log.Debug(
            member.Memdev, $"decoder:{member.Name} parent:{member.Memdev.Host.Name} port:{member.Port.Name} range:{DecodedRange} pos:{position}");
        return null;
    }

    private (int Ways, IReadOnlyList<CxlDport> Targets) DecoderFor(CxlPort port) =>
        (IsAuto ? PickDecoder(port) : RefAt(port)?.Decoder as CxlSwitchDecoder) is { } decoder ? (decoder.Ways, decoder.Targets) : (0, []);
}
