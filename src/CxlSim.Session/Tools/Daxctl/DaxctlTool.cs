using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Does what daxctl does, by the writes that it makes in its order (ndctl v81, daxctl/device.c).</summary>
internal sealed class DaxctlTool(MachineSession session)
{
    private readonly ToolSysfs _sysfs = new(session);

    /// <summary>The call as it would be typed, the error of the last device that had one, and what the tool says.</summary>
    public StepAnswer Run(DaxctlStep step)
    {
        (DaxctlOutcome outcome, int count) = step.Verb == DaxctlVerb.CreateDevice ? Create(step) : ForEach(step);
        (string failing, string done) = Words(step.Verb);
        if (outcome.Error != Errno.Ok)
        {
            _sysfs.Say($"error {failing}: {ToolErrors.Text(outcome.Error)}");
        }

        _sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{done} {count} device{(count == 1 ? "" : "s")}"));
        string status = outcome.ExitStatus == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (exit {outcome.ExitStatus})");
        return new(DaxctlText.Of(step), outcome.Error, string.Join("; ", _sysfs.Messages) + status, _sysfs.Refusal);
    }

    private static (string Failing, string Done) Words(DaxctlVerb verb) => verb switch
    {
        DaxctlVerb.ReconfigureDevice => ("reconfiguring devices", "reconfigured"),
        DaxctlVerb.OnlineMemory => ("onlining memory", "onlined memory for"),
        DaxctlVerb.OfflineMemory => ("offlining memory", "offlined memory for"),
        DaxctlVerb.CreateDevice => ("creating devices", "created"),
        DaxctlVerb.DestroyDevice => ("destroying devices", "destroyed"),
        DaxctlVerb.EnableDevice => ("enabling device", "enabled"),
        DaxctlVerb.DisableDevice => ("disabling device", "disabled"),
        _ => ("splitting device", "split"),
    };

    /// <summary>The latest first, as the tool finds them; one that fails does not keep it from the next. A name that no device has is no error.</summary>
    private (DaxctlOutcome Outcome, int Count) ForEach(DaxctlStep step)
    {
        DaxctlActions actions = new(_sysfs);
        DaxctlOutcome last = DaxctlOutcome.Done;
        int count = 0;
        foreach (DevDax dax in session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Reverse().Where(dax => IsMeant(dax, step.Device)).ToArray())
        {
            DaxctlDevice device = new(_sysfs, dax.Name);
            DaxctlOutcome outcome = step.Verb switch
            {
                DaxctlVerb.ReconfigureDevice => actions.Reconfigure(device, step),
                DaxctlVerb.OnlineMemory => actions.Online(device, step.NoMovable),
                DaxctlVerb.OfflineMemory => actions.Offline(device),
                DaxctlVerb.DestroyDevice => actions.Destroy(device, step.Force),
                DaxctlVerb.EnableDevice => actions.Enable(device),
                DaxctlVerb.DisableDevice => actions.Disable(device),
                _ => Split(actions, device, dax.Region, step),
            };
            count += outcome.IsCounted ? 1 : 0;
            last = outcome.ExitStatus == 0 ? last : outcome;
        }

        return (last, count);
    }

    private static bool IsMeant(DevDax dax, string name) =>
        name == "all" || name == dax.Name || name == string.Create(CultureInfo.InvariantCulture, $"{dax.Region.Id}.{dax.Number}");

    /// <summary>In each region that is meant; the last one's answer is the tool's.</summary>
    private (DaxctlOutcome Outcome, int Count) Create(DaxctlStep step)
    {
        DaxctlOutcome last = Errno.ENXIO;
        int count = 0;
        foreach (DaxRegion region in session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Select(dax => dax.Region).Distinct().OrderBy(region => region.Id).ToArray())
        {
            if (step.Region is null || step.Region == region.Id)
            {
                last = CreateIn(region, step);
                count += last.IsCounted ? 1 : 0;
            }
        }

        return (last, count);
    }

    /// <summary>Makes a device and takes the region's seed, which an earlier one may be that never got a driver.</summary>
    private Errno CreateIn(DaxRegion region, DaxctlStep step)
    {
        string directory = $"/sys{region.Parent.Path}/dax_region/";
        if (_sysfs.Write(directory + "create", "1") != Errno.Ok || _sysfs.Read(directory + "seed") is not { Length: > 0 } seed)
        {
            return Errno.ENOSPC;
        }

        DaxctlDevice device = new(_sysfs, seed);
        ByteSize size = step.Size ?? new ByteSize(ulong.Parse(_sysfs.Read(directory + "available_size"), CultureInfo.InvariantCulture));
        if (size.IsZero)
        {
            return Errno.ENOSPC;
        }

        Errno error = step.Alignment is { IsZero: false } alignment ? device.SetAlign(alignment) : Errno.Ok;
        ByteSize mapped = ByteSize.Zero;
        foreach (AddressRange range in step.Mappings.TakeWhile(_ => error == Errno.Ok))
        {
            error = device.SetMapping(range);
            mapped += range.Size;
        }

        if (error == Errno.Ok && step.Mappings.Count > 0 && mapped != size)
        {
            _sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{seed}: allocated {mapped.Bytes} but specified size {size.Bytes}"));
        }
        else
        {
            error = error == Errno.Ok ? device.SetSize(size) : error;
        }

        error = error == Errno.Ok ? device.Enable(DaxctlDevice.DevdaxModule) : error;
        if (error == Errno.Ok)
        {
            _sysfs.Say($"{seed}: {_sysfs.Session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Single(dax => dax.Name == seed).Size}");
        }

        return error;
    }

    /// <summary>Off its driver, smaller, new devices in what is free then, and all of them to device_dax.</summary>
    private DaxctlOutcome Split(DaxctlActions actions, DaxctlDevice device, DaxRegion region, DaxctlStep step)
    {
        if (step.Parts.Count < 2)
        {
            return _sysfs.Refuse(RefusalRules.DaxctlOptions, Errno.EINVAL, device.Name, "one part is no split", "give two sizes or more");
        }

        Errno error = device.IsSystemRam ? actions.LeaveSystemRam(device, step.Force).Error : device.Disable();
        error = error == Errno.Ok ? device.SetSize(step.Parts[0]) : error;
        foreach (ByteSize part in step.Parts.Skip(1).TakeWhile(_ => error == Errno.Ok))
        {
            error = CreateIn(region, step with { Size = part });
        }

        return error == Errno.Ok ? device.Enable(DaxctlDevice.DevdaxModule) : error;
    }
}
