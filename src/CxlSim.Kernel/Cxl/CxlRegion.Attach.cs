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

        AddPerformance(decoder);
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
            ShareUpstream();
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
        if (decoder.Port.Hdm is not { } hdm || !hdm.Supports(Ways, Granularity)) // ranges without HDM registers have no interleave that Linux knows of
        {
            return Refuse(Errno.ENXIO, $"{decoder.Name} iw: {Ways} ig: {Granularity} is not supported");
        }

        if (decoder.Mode != Mode)
        {
            return Refuse(Errno.EINVAL, $"{decoder.Name} region mode: {(int)Mode} mismatch: {(int)decoder.Mode}");
        }

        if (State > RegionState.InterleaveActive)
        {
            return Refuse(Errno.EBUSY, "region already active");
        }

        if (State < RegionState.InterleaveActive)
        {
            return Refuse(Errno.ENXIO, "interleave config missing");
        }

        if (TargetCount >= Ways)
        {
            return Refuse(Errno.EINVAL, $"region already has {TargetCount} endpoints");
        }

        if (!decoder.IsHostOnly)
        {
            return Refuse(Errno.ENXIO, $"{Label(decoder)} type mismatch");
        }

        if (decoder.Dpa is not { } dpa)
        {
            return Refuse(Errno.ENXIO, $"{Label(decoder)}: missing DPA allocation.");
        }

        if (dpa.Size * (ulong)Ways != Resource!.Range.Size)
        {
            return Refuse(Errno.EINVAL, $"{Label(decoder)}: decoder-size-0x{dpa.Size.Bytes:x} * ways-{Ways} != region-size-0x{Resource.Range.Size.Bytes:x}");
        }

        return Errno.Ok;
    }

    private static string Label(CxlEndpointDecoder decoder) => $"{decoder.Memdev.Name}:{decoder.Name}";

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
            return Refuse(Errno.ENXIO, $"position {position} out of range {Ways}");
        }

        if (Targets[position] is { } sitting && sitting != decoder)
        {
            return Refuse(Errno.EBUSY, $"position {position} already assigned to {Label(sitting)}");
        }

        if (Array.Find(Targets, other => other is not null && other != decoder && other.Memdev == decoder.Memdev) is not null
            || (Targets[position] is null && Array.IndexOf(Targets, decoder) >= 0))
        {
            return Refuse(Errno.EBUSY, $"{decoder.Memdev.Name} already specified at position {position} via: {Array.Find(Targets, t => t?.Memdev == decoder.Memdev)!.Name}");
        }

        if (DportTowards(Root.Port, decoder) != Root.Targets[position % Root.Ways])
        {
            return Refuse(Errno.ENXIO, $"{Label(decoder)} invalid target position for {Root.Name}");
        }

        return Errno.Ok;
    }
}
