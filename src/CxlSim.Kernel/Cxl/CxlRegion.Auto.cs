using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>A region whose decoders firmware has committed: members arrive in any order and are sorted by what the decoders say.</content>
public sealed partial class CxlRegion
{
    internal void AdoptAuto(Resource resource, int ways, int granularity, ByteSize cache)
    {
        Resource = resource;
        CacheSize = cache;
        Ways = ways;
        Granularity = granularity;
        IsAuto = true;
        State = RegionState.InterleaveActive;
    }

    internal Errno AttachAuto(CxlEndpointDecoder decoder)
    {
        Errno error = CheckMember(decoder, TargetCount);
        if (error != Errno.Ok)
        {
            return error;
        }

        AddPerformance(decoder);
        if (!decoder.IsAuto)
        {
            return RefuseManual(decoder);
        }

        int slot = TargetCount;
        Targets[slot] = decoder;
        decoder.Region = this;
        decoder.Position = slot;
        return TargetCount < Ways ? Errno.Ok : BringUpAuto();
    }

    /// <summary>Members come by themselves or not at all: the region is of firmware as long as it exists.</summary>
    private Errno RefuseByHand(CxlEndpointDecoder decoder, int position) => !decoder.IsAuto ? RefuseManual(decoder) : Refuse(
        RefusalRules.AutoByHand, Errno.EINVAL, $"{decoder.Name}: position {position} is not for {Name} to be told", new NearestChange($"delete {Name} and make another region"), ("position", position));

    /// <summary>Whether a member of which the ports do not know can be let go: before 6.17 none, and since then not one that is listed in another place than its own.</summary>
    private bool CanLeave(CxlEndpointDecoder member, int position) => !IsStaged(member) || (_kernel.Config.Has(KernelChange.StagedMembersLeave) && member.Position == position);

    /// <summary>Listed, while others are awaited or after the region could not be put together.</summary>
    private bool IsStaged(CxlEndpointDecoder member) => IsAuto && RefAt(member.Port) is null;

    private Errno RefuseManual(CxlEndpointDecoder decoder)
    {
        _kernel.Log.Error(this, $"{decoder.Name}: expected auto state");
        return Because(RefusalRules.AutoState, Errno.EINVAL, $"{decoder.Name} is not one that firmware has committed");
    }

    private Errno BringUpAuto()
    {
        CxlEndpointDecoder[] members = [.. Targets.OfType<CxlEndpointDecoder>()];
        Errno unsorted = Errno.Ok;
        foreach (CxlEndpointDecoder member in members)
        {
            Errno error = CalculatePosition(member, out int position);
            if (error != Errno.Ok)
            {
                unsorted = error;
                member.Position = -1;
                continue;
            }

            member.Position = position;
            _kernel.Log.Debug(
                member.Memdev, $"decoder:{member.Name} parent:{member.Memdev.Host.Name} port:{member.Port.Name} range:{DecodedRange} pos:{position}");
        }

        if (unsorted != Errno.Ok)
        {
            Debug("region sort failed");
            members.OrderBy(member => member.Position).ToArray().CopyTo(Targets, 0); // those without a position come first
            return unsorted;
        }

        Array.Clear(Targets);
        foreach (CxlEndpointDecoder member in members)
        {
            if (member.Position >= Ways || Targets[member.Position] is not null)
            {
                return Refuse(RefusalRules.AutoSort, Errno.ENXIO, "region sort failed", null, ("member", Label(member)), ("position", member.Position));
            }

            Targets[member.Position] = member;
        }

        Debug("region sort successful");
        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>())
        {
            Errno error = DportTowards(Root.Port, member) == Root.Targets[member.Position % Root.Ways]
                ? AttachPorts(member, member.Position)
                : Because(
                    RefusalRules.PositionBridge, Errno.ENXIO, $"{Label(member)} is below another host bridge than the window has at position {member.Position}", null,
                    ("member", Label(member)), ("position", member.Position), ("host bridge of the window", Root.Targets[member.Position % Root.Ways].PortId));
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

    /// <summary>From the endpoint up: the place in each level's target list, each level counting as much as those above it have ways (4.5). The decoder of a passthrough bridge maps nothing, so nothing is found there.</summary>
    private Errno CalculatePosition(CxlEndpointDecoder member, out int position)
    {
        position = 0;
        for (CxlPort port = member.Port; !port.IsRoot; port = port.ParentPort!)
        {
            CxlPort parent = port.ParentPort!;
            (int ways, IReadOnlyList<CxlDport> targets) = parent.IsRoot ? (Root.Ways, Root.Targets) : DecoderFor(parent);
            int index = targets.ToList().IndexOf(port.ParentDport!);
            if (ways == 0)
            {
                _kernel.Log.Error(port.Uport, $"failed to find decoder mapping {DecodedRange}");
            }

            if (ways == 0 || index < 0)
            {
                return Because(RefusalRules.AutoPosition, Errno.ENXIO, $"no decoder of {parent.Name} leads {DecodedRange} to {Label(member)}");
            }

            position = (position * ways) + index;
        }

        return Errno.Ok;
    }

    private (int Ways, IReadOnlyList<CxlDport> Targets) DecoderFor(CxlPort port) =>
        PickDecoder(port) is { } decoder ? (decoder.Ways, decoder.Targets) : (0, []);
}
