using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>What every port on the way has to do, once all members are there (<c>cxl_port_setup_targets</c>).</content>
public sealed partial class CxlRegion
{
    private Errno SetUpTargets()
    {
        if (Targets.OfType<CxlEndpointDecoder>().Select(member => member.Memdev.IsRestricted).Distinct().Count() > 1)
        {
            const string reason = "members below CXL 1.1 hosts and below virtual hierarchies do not mix";
            _cxl.Core.Log.Error(this, reason);
            return Because(RefusalRules.MixedHosts, Errno.ENXIO, reason, new NearestChange("use devices of one kind"));
        }

        for (int position = 0; position < Ways; position++)
        {
            if (Targets[position] is not { } member)
            {
                return Stop("cxl_region_setup_targets", position);
            }

            foreach (CxlPort port in member.Port.ParentPort!.UpToRoot().Reverse())
            {
                Errno error = RefAt(port) is { } reference ? SetUpPort(port, member, reference) : Stop("cxl_port_setup_targets", position);
                if (error != Errno.Ok)
                {
                    TearDownTargets();
                    return error;
                }
            }
        }

        return Errno.Ok;
    }

    /// <summary>Linux reads a member, or what a port has of it, without asking whether it is there. Whoever had it do so does not live to see it; here the call ends with an error.</summary>
    private Errno Stop(string function, int place)
    {
        _cxl.Core.Log.Error(this, $"BUG: {function} reads the member at {place}, which is not there");
        return Because(RefusalRules.MemberGone, Errno.EFAULT, $"{Name} counts {TargetCount} members, and {function} does not find the one at {place}", new NearestChange($"delete {Name}"), ("position", place), ("members", TargetCount));
    }

    private void TearDownTargets()
    {
        if (IsAuto)
        {
            return;
        }

        foreach (CxlRegionRef reference in Targets.OfType<CxlEndpointDecoder>().SelectMany(member => member.Port.ParentPort!.UpToRoot()).Distinct().Select(RefAt).OfType<CxlRegionRef>())
        {
            reference.TargetsSet = 0;
            reference.Decoder.Range = null;
        }
    }

    private CxlRegionRef? RefAt(CxlPort port) => port.Regions.Find(reference => reference.Region == this);

    private Errno SetUpPort(CxlPort port, CxlEndpointDecoder member, CxlRegionRef reference)
    {
        CxlSwitchDecoder decoder = (CxlSwitchDecoder)reference.Decoder;
        string where = $"{port.Uport.Name}:{port.Name}";
        if (!BitOperations.IsPow2(reference.TargetCount))
        {
            int hops = reference.Members.Select(other => DportTowards(port, other)).Distinct().Count();
            NearestChange nearest = new(BitOperations.IsPow2(hops)
                ? $"delete {Name} and make it again: the count of {port.Name} stayed too high when a member left"
                : $"use 2, 4 or 8 devices or switches below {port.Name}");
            return Refuse(RefusalRules.PortTargetCount, Errno.EINVAL, $"{port.Name}: invalid target count {reference.TargetCount}", nearest, ("port", port.Name), ("targets counted", reference.TargetCount), ("targets", hops));
        }

        CxlDport dport = DportTowards(port, member);
        if (reference.TargetsSet == 0)
        {
            Errno error = Spread(port, reference, decoder);
            if (error != Errno.Ok)
            {
                return error;
            }

            Debug($"{where} iw: {decoder.Ways} ig: {decoder.Granularity}");
        }
        else if (decoder.Targets.Take(reference.TargetsSet).Contains(dport))
        {
            Errno error = CheckPeer(port, member, dport);
            if (error == Errno.Ok)
            {
                TellTarget(reference, dport, member);
            }

            return error;
        }

        if (reference.TargetsSet == reference.TargetCount)
        {
            return Refuse(
                RefusalRules.PortTargetsFull, Errno.ENXIO, $"{where}: targets full at {reference.TargetsSet}", NearestMember.Order(this), ("port", port.Name), ("targets", reference.TargetCount));
        }

        if (IsAuto && (decoder.Targets.Count <= reference.TargetsSet || decoder.Targets[reference.TargetsSet] != dport))
        {
            return Refuse(RefusalRules.AutoTarget, Errno.ENXIO, $"{where}: target[{reference.TargetsSet}] is not {dport.Device.Name}", null, ("port", port.Name), ("target", reference.TargetsSet), ("member", Label(member)));
        }

        if (!IsAuto)
        {
            if (reference.TargetsSet == 0)
            {
                decoder.Targets.Clear();
            }

            decoder.Targets.Add(dport);
        }

        reference.TargetsSet++;
        TellTarget(reference, dport, member);
        return Errno.Ok;
    }

    /// <summary>The number is that of the target that was set last, also where an earlier one leads to the member.</summary>
    private void TellTarget(CxlRegionRef reference, CxlDport dport, CxlEndpointDecoder member) => Debug(
        $"{reference.Port.Uport.Name}:{reference.Port.Name} target[{reference.TargetsSet - 1}] = {dport.Device.Name} for {Label(member)} @ {member.Position}");

    /// <summary>Ways and granularity of a port: what the levels above already spread counts.</summary>
    private Errno Spread(CxlPort port, CxlRegionRef reference, CxlSwitchDecoder decoder)
    {
        CxlPort parent = port.ParentPort!;
        int parentGranularity = Granularity;
        int parentWays = Root.Ways;
        if (parent.IsRoot)
        {
            // A multiple of three is not routed by address bits below the root: powers of two count.
            parentWays = BitOperations.IsPow2(parentWays) ? parentWays : parentWays / 3;
        }
        else
        {
            CxlDecoder above = RefAt(parent)!.Decoder;
            parentGranularity = above.Granularity;
            parentWays = above.Ways;
        }

        int granularity = parentGranularity * parentWays;
        int ways = reference.TargetCount;
        if (!Spec.Cxl.Interleave.TryEncodeGranularity(granularity, out _))
        {
            return Refuse(
                RefusalRules.PortGranularity, Errno.EINVAL, $"{parent.Name}: invalid granularity calculation ({parentGranularity} * {parentWays})",
                NearestPort.Granularity(this, granularity / Granularity, needed => Spec.Cxl.Interleave.TryEncodeGranularity(needed, out _) && (port.Hdm?.Supports(ways, needed) ?? true)),
                ("port", port.Name), ("granularity", granularity), ("largest granularity", Spec.Cxl.Interleave.MaxGranularity));
        }

        const int mostTargets = 8;
        if (ways > mostTargets || ways > decoder.MaxTargets)
        {
            return Refuse(
                RefusalRules.PortWays, Errno.ENXIO, $"{port.Uport.Name}:{port.Name}: ways: {ways} overflows targets: {decoder.MaxTargets}",
                new NearestChange($"use at most {Math.Min(mostTargets, decoder.MaxTargets)} devices or switches below {port.Name}"), ("port", port.Name), ("ways", ways), ("targets of its decoder", decoder.MaxTargets));
        }

        if (IsAuto)
        {
            return Validate(port, decoder, ways, granularity);
        }

        if (port.Hdm is { } hdm && !hdm.Supports(ways, granularity))
        {
            return Refuse(
                RefusalRules.PortInterleave, Errno.ENXIO, $"{port.Uport.Name}:{port.Name} iw: {ways} ig: {granularity} is not supported",
                NearestPort.Granularity(this, granularity / Granularity, needed => hdm.Supports(ways, needed)), ("port", port.Name), ("ways", ways), ("granularity", granularity));
        }

        decoder.Ways = ways;
        decoder.Granularity = granularity;
        decoder.Range = DecodedRange;
        return Errno.Ok;
    }

    /// <summary>What firmware programmed has to be what Linux would have programmed.</summary>
    private Errno Validate(CxlPort port, CxlSwitchDecoder decoder, int ways, int granularity)
    {
        if (decoder.Ways == ways && decoder.Granularity == granularity && decoder.Range == DecodedRange && decoder.IsEnabled)
        {
            return Errno.Ok;
        }

        _cxl.Core.Log.Error(this, $"{port.Uport.Name}:{port.Name} expected iw: {ways} ig: {granularity} {MemFormat.Resource(Resource!.Range)}");
        _cxl.Core.Log.Error(
            this,
            $"{port.Uport.Name}:{port.Name} got iw: {decoder.Ways} ig: {decoder.Granularity} state: {(decoder.IsEnabled ? "enabled" : "disabled")} {decoder.Range?.Start}:{decoder.Range?.Last}");
        return Because(RefusalRules.AutoPort, Errno.ENXIO, $"{port.Name} has {decoder.Ways} ways of {decoder.Granularity} bytes where Linux would have {ways} of {granularity}");
    }

    /// <summary>Members that share a target have to follow each other at the distance that the interleave gives.</summary>
    private Errno CheckPeer(CxlPort port, CxlEndpointDecoder member, CxlDport dport)
    {
        int distance = Root.Ways;
        foreach (CxlPort level in port.UpToRoot())
        {
            distance *= RefAt(level)!.TargetCount;
        }

        CxlEndpointDecoder? peer = member.Position >= distance && member.Position - distance < Ways ? Targets[member.Position - distance] : null;
        if (peer is null || DportTowards(port, peer) != dport)
        {
            return Refuse(
                RefusalRules.PortPeer, Errno.ENXIO, $"{port.Uport.Name}:{port.Name}: cannot host {Label(member)} at {member.Position}", NearestMember.Order(this),
                ("port", port.Name), ("position", member.Position), ("distance", distance), ("member at that distance", peer is null ? "none" : Label(peer)));
        }

        return Errno.Ok;
    }
}
