using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>Members come and go.</content>
public sealed partial class CxlRegion
{
    /// <summary>Makes a decoder a member at a position; all checks in the kernel's order (<c>cxl_region_attach</c>).</summary>
    internal Errno Attach(CxlEndpointDecoder decoder, int position)
    {
        using FrameScope frame = _kernel.Simulation.Enter("cxl_region_attach", $"{Name} {decoder.Name}");
        Errno error = CheckMember(decoder);
        if (error != Errno.Ok)
        {
            return error;
        }

        error = CheckPosition(decoder, position);
        if (error != Errno.Ok)
        {
            return error;
        }

        error = AttachPorts(decoder, position);
        if (error != Errno.Ok)
        {
            return error;
        }

        Targets[position] = decoder;
        decoder.Region = this;
        decoder.Position = position;
        if (TargetCount == Ways)
        {
            error = SetUpTargets();
            if (error != Errno.Ok)
            {
                return error; // the member stays recorded all the same
            }

            State = RegionState.Active;
        }

        decoder.Ways = Ways;
        decoder.Granularity = Granularity;
        decoder.Range = Resource!.Range;
        return Errno.Ok;
    }

    /// <summary>Lets a member go. A committed region is reset first, and loses its driver at the end (<c>cxl_region_detach</c>).</summary>
    internal async SimTask DetachAsync(CxlEndpointDecoder decoder)
    {
        using FrameScope frame = _kernel.Simulation.Enter("cxl_region_detach", $"{Name} {decoder.Name}");
        if (State > RegionState.Active)
        {
            Reset();
            State = RegionState.Active;
        }

        foreach (CxlPort port in decoder.Port.UpToRoot())
        {
            DetachPort(port, decoder);
        }

        if (State == RegionState.Active)
        {
            State = RegionState.InterleaveActive;
            TearDownTargets();
        }

        Targets[decoder.Position] = null;
        decoder.Region = null;
        decoder.Position = -1;
        decoder.Range = null;
        await _kernel.Cxl.Bus.UnbindAsync(this);
    }

    /// <summary>Steps 1 to 8 of the order of checks (fact sheet 20, 3.5).</summary>
    internal Errno CheckMember(CxlEndpointDecoder decoder)
    {
        if (!decoder.Port.Hdm!.Supports(Ways, Granularity))
        {
            Debug($"{decoder.Name} iw: {Ways} ig: {Granularity} is not supported");
            return Errno.ENXIO;
        }

        if (decoder.Mode != Mode)
        {
            Debug($"{decoder.Name} region mode: {(int)Mode} mismatch: {(int)decoder.Mode}");
            return Errno.EINVAL;
        }

        if (State > RegionState.InterleaveActive)
        {
            Debug("region already active");
            return Errno.EBUSY;
        }

        if (State < RegionState.InterleaveActive)
        {
            Debug("interleave config missing");
            return Errno.ENXIO;
        }

        if (TargetCount >= Ways)
        {
            Debug($"region already has {TargetCount} endpoints");
            return Errno.EINVAL;
        }

        if (!decoder.IsHostOnly)
        {
            Debug($"{Label(decoder)} type mismatch");
            return Errno.ENXIO;
        }

        if (decoder.Dpa is not { } dpa)
        {
            Debug($"{Label(decoder)}: missing DPA allocation.");
            return Errno.ENXIO;
        }

        if (dpa.Size * (ulong)Ways != Resource!.Range.Size)
        {
            Debug($"{Label(decoder)}: decoder-size-0x{dpa.Size.Bytes:x} * ways-{Ways} != region-size-0x{Resource.Range.Size.Bytes:x}");
            return Errno.EINVAL;
        }

        return Errno.Ok;
    }

    private static string Label(CxlEndpointDecoder decoder) => $"{decoder.Memdev.Name}:{decoder.Name}";

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

    private async SimTask<Errno> StoreTargetAsync(int position, string name)
    {
        using FrameScope frame = _kernel.Simulation.Enter("store_targetN", Name);
        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        if (name.Length == 0)
        {
            if (Targets[position] is { } member)
            {
                await DetachAsync(member);
            }

            return Errno.Ok;
        }

        return _kernel.Cxl.Bus.Find(name) switch
        {
            null => Errno.ENODEV,
            CxlEndpointDecoder decoder => Attach(decoder, position),
            _ => Errno.EINVAL,
        };
    }

    /// <summary>Steps 11 and 12: the slot, the memdev, and the host bridge that the window has at this place.</summary>
    private Errno CheckPosition(CxlEndpointDecoder decoder, int position)
    {
        if (position < 0 || position >= Ways)
        {
            Debug($"position {position} out of range {Ways}");
            return Errno.ENXIO;
        }

        if (Targets[position] is { } sitting && sitting != decoder)
        {
            Debug($"position {position} already assigned to {Label(sitting)}");
            return Errno.EBUSY;
        }

        if (Array.Find(Targets, other => other is not null && other != decoder && other.Memdev == decoder.Memdev) is not null
            || (Targets[position] is null && Array.IndexOf(Targets, decoder) >= 0))
        {
            Debug($"{decoder.Memdev.Name} already specified at position {position} via: {Array.Find(Targets, t => t?.Memdev == decoder.Memdev)!.Name}");
            return Errno.EBUSY;
        }

        if (DportTowards(Root.Port, decoder) != Root.Targets[position % Root.Ways])
        {
            Debug($"{Label(decoder)} invalid target position for {Root.Name}");
            return Errno.ENXIO;
        }

        return Errno.Ok;
    }

    /// <summary>Step 13: every port from the endpoint to the root takes note; one that cannot undoes them all.</summary>
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
        if (reference is null)
        {
            Errno error = TakeDecoder(port, decoder, out reference);
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

        reference.Members.Add(decoder);
        string hop = port.IsEndpoint ? "none" : NextHop(port, decoder)?.Uport.Name ?? decoder.Memdev.Name;
        Debug(
            $"{port.Uport.Name}:{port.Name} {reference.Decoder.Name} add: {Label(decoder)} @ {position} next: {hop} nr_eps: {reference.Members.Count} nr_targets: {reference.TargetCount}");
        if (reference.Members.Count(member => member == decoder) > 1)
        {
            Debug($"{port.Name}: failed to track endpoint {decoder.Memdev.Name}:{reference.Decoder.Name} reference");
            return Errno.EBUSY;
        }

        if (reference.Decoder is CxlSwitchDecoder link && reference.TargetCount > link.MaxTargets)
        {
            Debug($"{port.Name}: {link.Name} exceeds target count of {link.MaxTargets}");
            return Errno.ENXIO;
        }

        return Errno.Ok;
    }

    private Errno TakeDecoder(CxlPort port, CxlEndpointDecoder member, out CxlRegionRef? reference)
    {
        reference = null;
        foreach (CxlRegionRef other in port.Regions)
        {
            if (other.Region.Resource is { } taken && taken.Range.Start > Resource!.Range.Start)
            {
                Debug($"{port.Name}: HPA order violation {other.Region.Name}:[{taken.Range}] vs [{Resource.Range}]");
                return Errno.EBUSY;
            }
        }

        CxlDecoder? decoder = port.IsEndpoint ? member : PickDecoder(port);
        if (decoder is null)
        {
            Debug($"{port.Name}: no decoder available");
            return Errno.EBUSY;
        }

        CxlRegion? holder = decoder is CxlSwitchDecoder taking ? taking.Region : ((CxlEndpointDecoder)decoder).Region;
        if (holder is not null && holder != this)
        {
            Debug($"{port.Name}: {decoder.Name} already attached to {holder.Name}");
            return Errno.EBUSY;
        }

        if (decoder is CxlSwitchDecoder link)
        {
            link.Region = this;
        }

        reference = new CxlRegionRef(port, this, decoder);
        port.Regions.Add(reference);
        return Errno.Ok;
    }

    /// <summary>The decoder that already maps these addresses for a region found at boot; else the next one to commit, if it is free.</summary>
    private CxlSwitchDecoder? PickDecoder(CxlPort port)
    {
        IEnumerable<CxlSwitchDecoder> decoders = port.Decoders.OfType<CxlSwitchDecoder>();
        if (IsAuto)
        {
            return decoders.FirstOrDefault(decoder => decoder.IsPassthrough || decoder.Range == Resource!.Range);
        }

        if (decoders.FirstOrDefault(decoder => decoder.Id == port.CommitEnd + 1) is not { } next)
        {
            return null;
        }

        if (next.Region is { } other)
        {
            _kernel.Log.Debug(port, $"next decoder to commit ({next.Name}) is already reserved ({other.Name})");
            return null;
        }

        return decoders.Any(decoder => decoder.Id < next.Id && !decoder.IsEnabled) ? null : next;
    }

    private void DetachPort(CxlPort port, CxlEndpointDecoder decoder)
    {
        if (port.Regions.Find(r => r.Region == this) is not { } reference || reference.Members.RemoveAll(member => member == decoder) == 0)
        {
            return;
        }

        if (!port.IsEndpoint && !reference.Members.Exists(other => NextHop(port, other) == NextHop(port, decoder)))
        {
            reference.TargetCount--;
        }

        if (reference.Members.Count == 0)
        {
            port.Regions.Remove(reference);
            if (reference.Decoder is CxlSwitchDecoder link)
            {
                link.Region = null;
            }
        }
    }
}
