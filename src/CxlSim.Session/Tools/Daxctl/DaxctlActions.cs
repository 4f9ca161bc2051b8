using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What daxctl does to one device.</summary>
internal sealed class DaxctlActions(ToolSysfs sysfs)
{
    private const string AutoOnline = "/sys/devices/system/memory/auto_online_blocks";

    /// <summary>Alignment, then size, and then no mode any more; an alignment alone is set, and refused for want of a mode.</summary>
    public DaxctlOutcome Reconfigure(DaxctlDevice device, DaxctlStep step)
    {
        if (step is { Alignment: null, Size: null, Mode: null } or { Alignment: null, Size: null, Mode: "devdax", NoOnline: true })
        {
            string reason = step.Mode is null ? "an alignment, a mode or a size is needed" : "no-online is not for devdax";
            return sysfs.Refuse(RefusalRules.DaxctlOptions, Errno.EINVAL, device.Name, reason, "give a mode, and no_online only for system-ram");
        }

        Errno error = step.Alignment is { IsZero: false } alignment ? device.SetAlign(alignment) : Errno.Ok;
        if (error != Errno.Ok || step.Size is not null)
        {
            return error == Errno.Ok ? device.SetSize(step.Size!.Value) : error;
        }

        if (step.Alignment is not null || step.Mode is null)
        {
            return sysfs.Refuse(RefusalRules.DaxctlOptions, Errno.EINVAL, device.Name, "unknown mode requested", "give a size with the alignment");
        }

        DaxctlOutcome outcome = step.Mode == "devdax" ? ToDevdax(device, step.Force) : ToSystemRam(device, step);
        return outcome.Error; // nothing to do is done
    }

    /// <summary>To Movable, or where the kernel's policy puts it.</summary>
    public DaxctlOutcome Online(DaxctlDevice device, bool noMovable)
    {
        if (device.Memory is not { } memory)
        {
            return RefuseMode(device, "memory operations are not applicable in devdax mode", "reconfigure it to system-ram first");
        }

        if (!memory.HasNode)
        {
            return Errno.ENOENT;
        }

        int all = memory.Blocks.Count;
        int online = memory.OnlineCount;
        if (online > 0)
        {
            sysfs.Say($"{device.Name}: WARNING: detected a race while onlining memory");
        }

        if (online == all)
        {
            sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{device.Name}: all memory sections ({all}) already online"));
            return DaxctlOutcome.Nothing;
        }

        SayAlready(device, online, "online");
        Errno error = memory.Online(noMovable ? "online" : "online_movable");
        if (error != Errno.Ok)
        {
            sysfs.Say($"{device.Name}: failed to online memory: {ToolErrors.Text(error)}");
        }

        return error;
    }

    public DaxctlOutcome Offline(DaxctlDevice device)
    {
        if (device.Memory is not { } memory)
        {
            return RefuseMode(device, "memory operations are not applicable in devdax mode", "reconfigure it to system-ram first");
        }

        if (!memory.HasNode)
        {
            return Errno.ENOENT;
        }

        int offline = memory.Blocks.Count - memory.OnlineCount;
        if (offline == memory.Blocks.Count)
        {
            sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{device.Name}: all memory sections ({offline}) already offline"));
            return DaxctlOutcome.Nothing;
        }

        SayAlready(device, offline, "offline");
        Errno error = memory.Offline();
        if (error != Errno.Ok)
        {
            sysfs.Say($"{device.Name}: failed to offline memory: {ToolErrors.Text(error)}");
        }

        return error;
    }

    /// <summary>With force it is unbound whatever its memory does. That the first device of a region stays is no error.</summary>
    public DaxctlOutcome Destroy(DaxctlDevice device, bool force)
    {
        if (device.IsEnabled && !force)
        {
            return sysfs.Refuse(RefusalRules.DaxctlActive, Errno.ENXIO, device.Name, "active, specify --force for deletion", "give force, or disable the device first");
        }

        Errno error = device.Disable();
        if (error != Errno.Ok)
        {
            sysfs.Say($"{device.Name}: disable failed: {ToolErrors.Text(error)}");
            return error;
        }

        error = device.SetSize(ByteSize.Zero);
        if (error != Errno.Ok)
        {
            return error;
        }

        string delete = $"/sys{sysfs.Session.Kernel.Dax.Bus.Find(device.Name)!.Parent!.Path}/dax_region/delete";
        error = sysfs.WriteQuietly(delete, device.Name);
        if (error != Errno.Ok && !(error == Errno.EBUSY && device.Name.EndsWith(".0", StringComparison.Ordinal)))
        {
            sysfs.Blame(delete);
            return error;
        }

        return DaxctlOutcome.Done;
    }

    public DaxctlOutcome Enable(DaxctlDevice device) => device.IsSystemRam ? RefuseStatus(device) : Failed(device, "enable", device.Enable(DaxctlDevice.DevdaxModule));

    public DaxctlOutcome Disable(DaxctlDevice device) => device.IsSystemRam ? RefuseStatus(device) : Failed(device, "disable", device.Disable());

    /// <summary>Only with all blocks offline; force takes them offline first.</summary>
    public DaxctlOutcome LeaveSystemRam(DaxctlDevice device, bool force)
    {
        if (device.Memory is not { } memory)
        {
            sysfs.Say($"{device.Name} was already in devdax mode");
            return DaxctlOutcome.Nothing;
        }

        if (force && Offline(device) is { Error: not Errno.Ok } refused)
        {
            return refused;
        }

        return memory.OnlineCount > 0
            ? sysfs.Refuse(RefusalRules.DaxctlOnline, Errno.EBUSY, device.Name, string.Create(CultureInfo.InvariantCulture, $"found {memory.OnlineCount} memory sections online"), "give force, or take them offline first")
            : Failed(device, "disable", device.Disable());
    }

    private DaxctlOutcome ToDevdax(DaxctlDevice device, bool force)
    {
        DaxctlOutcome left = device.IsEnabled ? LeaveSystemRam(device, force) : DaxctlOutcome.Done;
        return left == DaxctlOutcome.Done ? device.Enable(DaxctlDevice.DevdaxModule) : left;
    }

    private DaxctlOutcome ToSystemRam(DaxctlDevice device, DaxctlStep step)
    {
        bool isAutomatic = sysfs.Read(AutoOnline).StartsWith("online", StringComparison.Ordinal);
        if ((step.NoOnline || !step.NoMovable) && !step.Force && isAutomatic)
        {
            return sysfs.Refuse(
                RefusalRules.DaxctlPolicy, Errno.EBUSY, device.Name, "error: kernel policy will auto-online memory, aborting", "write offline to auto_online_blocks first, or give force");
        }

        if (device.IsSystemRam)
        {
            sysfs.Say($"{device.Name} was already in system-ram mode");
        }
        else
        {
            Errno error = device.Disable();
            error = error == Errno.Ok ? device.Enable(DaxctlDevice.SystemRamModule) : error;
            if (error != Errno.Ok)
            {
                return error;
            }
        }

        return step.NoOnline ? DaxctlOutcome.Done : Online(device, step.NoMovable);
    }

    private DaxctlOutcome RefuseStatus(DaxctlDevice device) => RefuseMode(device, "status operations are only applicable in devdax mode", "reconfigure it to devdax first");

    private DaxctlOutcome RefuseMode(DaxctlDevice device, string reason, string nearest) => sysfs.Refuse(RefusalRules.DaxctlMode, Errno.ENXIO, device.Name, reason, nearest);

    private DaxctlOutcome Failed(DaxctlDevice device, string what, Errno error)
    {
        if (error != Errno.Ok)
        {
            sysfs.Say($"{device.Name}: {what} failed: {ToolErrors.Text(error)}");
        }

        return error;
    }

    private void SayAlready(DaxctlDevice device, int count, string state)
    {
        if (count > 0)
        {
            sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{device.Name}: {count} memory section{(count == 1 ? "" : "s")} already {state}"));
        }
    }
}
