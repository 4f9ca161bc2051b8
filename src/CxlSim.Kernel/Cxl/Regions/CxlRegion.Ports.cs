using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>Each port between a member and the root keeps count of the members and targets below it.</content>
public sealed partial class CxlRegion
{
    /// <summary>The downstream port of a port that leads to a member.</summary>
    private static CxlDport DportTowards(CxlPort port, CxlEndpointDecoder decoder)
    {
        CxlPort below = decoder.Port;
        while (below.ParentPort != port)
        {
            below = below.ParentPort!;
        }

        return below.ParentDport!;
    }

    /// <summary>The port below a port on the way to a member; null where the member is directly below.</summary>
    private static CxlPort? NextHop(CxlPort port, CxlEndpointDecoder decoder)
    {
        CxlPort below = decoder.Port;
        while (below.ParentPort != port)
        {
            below = below.ParentPort!;
        }

        return below.IsEndpoint ? null : below;
    }

    /// <summary>Last of the checks: every port from the endpoint to the root takes note; one that cannot undoes them all.</summary>
    private Errno AttachPorts(CxlEndpointDecoder decoder, int position)
    {
        foreach (CxlPort port in decoder.Port.UpToRoot())
        {
            Errno error = AttachPort(port, decoder, position);
            if (error != Errno.Ok)
            {
                foreach (CxlPort undo in decoder.Port.UpToRoot())
                {
                    DetachPort(undo, decoder);
                }

                return error;
            }
        }

        return Errno.Ok;
    }

    private Errno AttachPort(CxlPort port, CxlEndpointDecoder decoder, int position)
    {
        CxlRegionRef? reference = port.Regions.Find(r => r.Region == this);
        int targets = reference?.TargetCount ?? 0;
        if (reference is null)
        {
            Errno error = TakeDecoder(port, decoder, position, out reference);
            if (error != Errno.Ok)
            {
                return error;
            }

            reference!.TargetCount = 1;
        }
        else if (port.IsEndpoint || NextHop(port, decoder) is not { } next || !reference.Members.Exists(other => other != decoder && NextHop(port, other) == next))
        {
            reference.TargetCount++;
        }

        if (reference.Decoder is CxlSwitchDecoder link && reference.TargetCount > link.MaxTargets)
        {
            int needed = reference.TargetCount;
            reference.TargetCount = targets;
            Release(port, reference);
            return Refuse(
                RefusalRules.PortTargetsExceeded, Errno.ENXIO, $"{port.Uport.Name}:{port.Name} {link.Name} add: {Label(decoder)} @ {position} overflows targets: {link.MaxTargets}",
                IsTracked(port, reference, decoder) ? Leave() : new NearestChange($"use at most {link.MaxTargets} devices or switches below {port.Name}"),
                ("targets needed", needed), ($"targets of {link.Name}", link.MaxTargets));
        }

        if (IsTracked(port, reference, decoder))
        {
            reference.TargetCount = targets;
            return Refuse(
                RefusalRules.MemberTracked, Errno.EBUSY, $"{port.Name}: failed to track endpoint {decoder.Memdev.Name}:{reference.Decoder.Name} reference",
                Leave(), ("position", position), ("member there", Label(decoder)));
        }

        IsLocked |= reference.Decoder.IsLocked;
        reference.Members.Add(decoder);
        string hop = port.IsEndpoint ? "none" : NextHop(port, decoder)?.Uport.Name ?? decoder.Memdev.Name;
        Debug(
            $"{port.Uport.Name}:{port.Name} {reference.Decoder.Name} add: {Label(decoder)} @ {position} next: {hop} nr_eps: {reference.Members.Count} nr_targets: {reference.TargetCount}");
        return Errno.Ok;

        NearestChange Leave() => new($"leave it: {Label(decoder)} is at position {position} already");
    }

    /// <summary>An endpoint's port counts its decoder again; those above know it by name.</summary>
    private static bool IsTracked(CxlPort port, CxlRegionRef reference, CxlEndpointDecoder decoder) => !port.IsEndpoint && reference.Members.Contains(decoder);

    private Errno TakeDecoder(CxlPort port, CxlEndpointDecoder member, int position, out CxlRegionRef? reference)
    {
        reference = null;
        foreach (CxlRegionRef other in port.Regions)
        {
            if (other.Region.Resource is { } taken && taken.Range.Start > Resource!.Range.Start && !IsInOrder(port, member, other.Decoder))
            {
                return Refuse(
                    RefusalRules.AddressOrder, Errno.EBUSY, $"{port.Name}: HPA order violation {other.Region.Name}:[{taken.Range}] vs [{Resource.Range}]",
                    new NearestChange($"delete {other.Region.Name} first, or give {Name} higher addresses than it has"),
                    ("port", port.Name), ($"start of {Name}", Resource.Range.Start.ToString()), ($"start of {other.Region.Name}", taken.Range.Start.ToString()));
            }
        }

        CxlDecoder? decoder = port.IsEndpoint ? member : PickDecoder(port);
        if (decoder is null)
        {
            (NearestChange nearest, string inTheWay) = NearestPort.Decoder(port, this, NearestMember.Target(this, position, member));
            return Refuse(
                RefusalRules.PortDecoder, Errno.EBUSY, $"{port.Name}: no decoder available", nearest,
                ("port", port.Name), ("committed decoders", port.CommitEnd + 1), ("decoders", port.Decoders.Count), ("in the way", inTheWay));
        }

        if (decoder.Region is { } holder && holder != this)
        {
            return Refuse(
                RefusalRules.DecoderAttached, Errno.EBUSY, $"{port.Name}: {decoder.Name} already attached to {holder.Name}", NearestPort.FreeDecoder(member), ("decoder", decoder.Name), ("region", holder.Name));
        }

        _references += decoder.Region == this ? 0 : 1;
        decoder.Region = this;
        reference = new CxlRegionRef(port, this, decoder);
        port.Regions.Add(reference);
        return Errno.Ok;
    }

    /// <summary>Regions found at boot may come up in any order, as long as their decoders are in the order of addresses (<c>auto_order_ok</c>).</summary>
    private bool IsInOrder(CxlPort port, CxlEndpointDecoder member, CxlDecoder higher)
    {
        if (!IsAuto || (port.IsEndpoint ? member : (CxlDecoder?)PickDecoder(port)) is not { } own)
        {
            return false;
        }

        _cxl.Core.Log.Debug(own, $"check for HPA violation {own.Name}:{own.Id} < {higher.Name}:{higher.Id}");
        return higher.Id > own.Id;
    }

    /// <summary>The decoder that already maps these addresses for a region found at boot; else the next one to commit, if it is free.</summary>
    private CxlSwitchDecoder? PickDecoder(CxlPort port)
    {
        IEnumerable<CxlSwitchDecoder> decoders = port.Decoders.OfType<CxlSwitchDecoder>();
        if (IsAuto)
        {
            return decoders.FirstOrDefault(decoder => decoder.Range == DecodedRange);
        }

        if (decoders.FirstOrDefault(decoder => decoder.Id == port.CommitEnd + 1) is not { } next)
        {
            return null;
        }

        if (next.Region is { } other)
        {
            _cxl.Core.Log.Debug(port, $"next decoder to commit ({next.Name}) is already reserved ({other.Name})");
            return null;
        }

        return decoders.Any(decoder => decoder.Id < next.Id && !decoder.IsEnabled) ? null : next;
    }

    private void DetachPort(CxlPort port, CxlEndpointDecoder decoder)
    {
        if (port.Regions.Find(r => r.Region == this) is not { } reference || !reference.Members.Remove(decoder))
        {
            return;
        }

        if (!port.IsEndpoint && !reference.Members.Exists(other => NextHop(port, other) == NextHop(port, decoder)))
        {
            reference.TargetCount--;
        }

        Release(port, reference);
    }

    /// <summary>A reference that no member needs goes, and its decoder is free.</summary>
    private static void Release(CxlPort port, CxlRegionRef reference)
    {
        if (reference.Members.Count == 0)
        {
            port.Regions.Remove(reference);
            reference.Decoder.Region = null;
            reference.Region.Put();
        }
    }
}
