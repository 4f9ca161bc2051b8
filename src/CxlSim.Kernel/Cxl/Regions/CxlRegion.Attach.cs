using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>Members come and go.</content>
public sealed partial class CxlRegion
{
    /// <summary>Makes a decoder a member at a position; all checks in the kernel's order (<c>cxl_region_attach</c>).</summary>
    internal Errno Attach(CxlEndpointDecoder decoder, int position)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("cxl_region_attach", $"{Name} {decoder.Name}");
        Errno error = CheckMember(decoder, position);
        if (error != Errno.Ok)
        {
            return error;
        }

        AddPerformance(decoder);
        error = IsAuto ? RefuseByHand(decoder, position) : CheckPosition(decoder, position);
        if (error != Errno.Ok)
        {
            return error;
        }

        error = AttachPorts(decoder, position);
        if (error != Errno.Ok)
        {
            return error;
        }

        List(decoder, position);
        if (TargetCount == Ways)
        {
            error = SetUpTargets();
            if (error != Errno.Ok)
            {
                return error; // the member stays recorded all the same
            }

            State = RegionState.Active;
            ShareUpstream();
        }

        decoder.Ways = Ways;
        decoder.Granularity = Granularity;
        decoder.Range = DecodedRange;
        if (TargetCount == Ways)
        {
            TestPositions();
        }

        return Errno.Ok;
    }

    /// <summary>
    /// Lets a member go. A committed region is reset first, and loses its driver at the end (<c>cxl_region_detach</c>). One that is listed in another place than its own
    /// stays there.
    /// </summary>
    /// <remarks>The caller holds <see cref="CxlCore.RegionLock"/>; the region's driver goes without it.</remarks>
    internal async SimTask DetachAsync(CxlEndpointDecoder decoder)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("cxl_region_detach", $"{Name} {decoder.Name}");
        if (State > RegionState.Active)
        {
            Reset();
            State = RegionState.Active;
        }

        foreach (CxlPort port in decoder.Port.UpToRoot())
        {
            DetachPort(port, decoder);
        }

        if (!IsInPlace(decoder))
        {
            _cxl.Core.Log.Warning(this, $"expected {Label(decoder)} at position {decoder.Position}");
            return;
        }

        if (State == RegionState.Active)
        {
            State = RegionState.InterleaveActive;
            TearDownTargets();
        }

        Delist(decoder);
        decoder.Range = null;
        await _cxl.RegionLock.ReleaseWhileAsync(() => _cxl.Bus.UnbindAsync(this));
    }

    private bool IsInPlace(CxlEndpointDecoder decoder) => decoder.Position >= 0 && Array.IndexOf(Targets, decoder) == decoder.Position;

    private void List(CxlEndpointDecoder decoder, int position)
    {
        Targets[position] = decoder;
        TargetCount++;
        decoder.Position = position;
    }

    private void Delist(CxlEndpointDecoder decoder)
    {
        Targets[decoder.Position] = null;
        TargetCount--;
        decoder.Position = -1;
    }

    /// <summary>Whoever is listed at a position goes. Before 6.17 one that the region does not have yet stays (<c>detach_target</c>).</summary>
    private async SimTask DetachTargetAsync(int position)
    {
        if (Targets[position] is { } member && (_cxl.Core.Config.Has(KernelChange.StagedMembersLeave) ? this : member.Region) is { } holder)
        {
            await holder.DetachAsync(member);
        }
    }

    /// <summary>The first eight of its checks, in its order (<c>cxl_region_attach</c>).</summary>
    internal Errno CheckMember(CxlEndpointDecoder decoder, int position)
    {
        if (decoder.Port.Hdm is not { } hdm || !hdm.Supports(Ways, Granularity)) // ranges without HDM registers have no interleave that Linux knows of
        {
            return Refuse(
                RefusalRules.MemberInterleave, Errno.ENXIO, $"{decoder.Name} iw: {Ways} ig: {Granularity} is not supported", NearestMember.Interleave(this, decoder, position),
                ("ways", Ways), ("granularity", Granularity));
        }

        if (decoder.Mode != Mode)
        {
            (Errno error, string reason) = !_cxl.Core.Config.Has(KernelChange.PartitionsInOrder) ? (Errno.EINVAL, $"region mode: {(int)Mode} mismatch: {(int)decoder.Mode}")
                : decoder.Mode == DecoderMode.None ? (Errno.ENODEV, "dead")
                : (Errno.EINVAL, $"region mode: {DecoderModes.PartitionNumber(Mode)} mismatch");
            return Refuse(
                RefusalRules.MemberMode, error, $"{decoder.Name} {reason}", NearestMember.Mode(this, decoder, position),
                ("mode of the region", DecoderModes.Word(Mode)), ($"mode of {decoder.Name}", DecoderModes.Word(decoder.Mode)));
        }

        if (State > RegionState.InterleaveActive)
        {
            return Refuse(RefusalRules.RegionActive, Errno.EBUSY, "region already active", new NearestChange($"make another region for {Label(decoder)}"), ("state", RegionStates.Word(State)), ("members", TargetCount));
        }

        if (State < RegionState.InterleaveActive)
        {
            return Refuse(
                RefusalRules.RegionWithoutSize, Errno.ENXIO, "interleave config missing", NearestMember.Size(this, decoder, position), ("state", RegionStates.Word(State)), ("ways", Ways), ("granularity", Granularity));
        }

        if (TargetCount >= Ways)
        {
            return Refuse(
                RefusalRules.RegionFull, Errno.EINVAL, $"region already has {TargetCount} endpoints", new NearestChange($"delete {Name} and make it again: its last target was refused"),
                ("members", TargetCount), ("ways", Ways));
        }

        if (!decoder.IsHostOnly)
        {
            return Refuse(RefusalRules.MemberType, Errno.ENXIO, $"{Label(decoder)} type mismatch");
        }

        if (decoder.Dpa is not { } dpa)
        {
            return Refuse(RefusalRules.MemberWithoutDpa, Errno.ENXIO, $"{Label(decoder)}: missing DPA allocation.", NearestMember.Dpa(this, decoder, position), ("dpa_size", 0));
        }

        if ((dpa.Size * (ulong)Ways) + CacheSize != Resource!.Range.Size)
        {
            return Refuse(
                RefusalRules.MemberShare, Errno.EINVAL, $"{Label(decoder)}: decoder-size-0x{dpa.Size.Bytes:x} * ways-{Ways} != region-size-0x{Resource.Range.Size.Bytes:x}",
                NearestMember.Dpa(this, decoder, position), ($"dpa_size of {decoder.Name}", dpa.Size.ToString()), ("ways", Ways), ("size of the region", Resource.Range.Size.ToString()));
        }

        return Errno.Ok;
    }

    private static string Label(CxlEndpointDecoder decoder) => $"{decoder.Memdev.Name}:{decoder.Name}";

    private async SimTask<Errno> StoreTargetAsync(int position, string name)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("store_targetN", Name);
        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
        if (name is "" or "\n") // one more is no difference (sysfs_streq)
        {
            await DetachTargetAsync(position);
            return Errno.Ok;
        }

        return _cxl.Bus.Find(name) switch
        {
            null => Because(RefusalRules.TargetUnknown, Errno.ENODEV, $"there is no {name}", new NearestChange("write the name of an endpoint decoder"), ("name", name)),
            CxlEndpointDecoder decoder => Said(decoder, Attach(decoder, position)),
            CxlDevice other => Because(RefusalRules.TargetKind, Errno.EINVAL, $"{name} is no endpoint decoder", new NearestChange("write the name of an endpoint decoder"), ("devtype", other.DeviceType ?? "none")),
            _ => Because(RefusalRules.TargetKind, Errno.EINVAL, $"{name} is no endpoint decoder"),
        };
    }

    /// <summary>What came of an attempt to attach a decoder (<c>attach_target</c>).</summary>
    private Errno Said(CxlEndpointDecoder decoder, Errno error)
    {
        if (error != Errno.Ok && _cxl.Core.Config.Has(KernelChange.AttachFailuresSaid))
        {
            _cxl.Core.Log.Warning(decoder.Port, $"failed to attach {decoder.Name} to {Name}: -{(int)error}");
        }

        return error;
    }

    /// <summary>Then the position: the slot, the memdev, and the host bridge that the window has at this place.</summary>
    private Errno CheckPosition(CxlEndpointDecoder decoder, int position)
    {
        if (position < 0 || position >= Ways)
        {
            return Refuse(RefusalRules.PositionRange, Errno.ENXIO, $"position {position} out of range {Ways}", null, ("position", position), ("ways", Ways));
        }

        if (Targets[position] is { } sitting && sitting != decoder)
        {
            NearestChange nearest = new($"write nothing to {Name}/target{position} first");
            return Refuse(RefusalRules.PositionTaken, Errno.EBUSY, $"position {position} already assigned to {Label(sitting)}", nearest, ("position", position), ("member there", Label(sitting)));
        }

        if (Array.Find(Targets, other => other is not null && other != decoder && other.Memdev == decoder.Memdev) is not null
            || (Targets[position] is null && Array.IndexOf(Targets, decoder) >= 0))
        {
            CxlEndpointDecoder member = Array.Find(Targets, t => t?.Memdev == decoder.Memdev)!;
            return Refuse(
                RefusalRules.MemdevTwice, Errno.EBUSY, $"{decoder.Memdev.Name} already specified at position {position} via: {member.Name}",
                new NearestChange($"use another device than {decoder.Memdev.Name}"), ("position", position), ("member", Label(member)), ("position of the member", member.Position));
        }

        CxlDport bridge = DportTowards(Root.Port, decoder);
        if (bridge != Root.Targets[position % Root.Ways])
        {
            return Refuse(
                RefusalRules.PositionBridge, Errno.ENXIO, $"{Label(decoder)} invalid target position for {Root.Name}", NearestMember.Position(this, decoder, bridge),
                ("position", position), ($"host bridge of {decoder.Memdev.Name}", bridge.PortId), ($"host bridge of {Root.Name} there", Root.Targets[position % Root.Ways].PortId));
        }

        return Errno.Ok;
    }
}
