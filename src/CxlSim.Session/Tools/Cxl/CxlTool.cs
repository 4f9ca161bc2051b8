using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Does what the tool cxl does, by the writes that it makes in its order (ndctl v81, cxl/region.c, cxl/memdev.c, cxl/port.c).</summary>
internal sealed class CxlTool(MachineSession session)
{
    private readonly ToolSysfs _sysfs = new(session);

    /// <summary>The call as it would be typed, the error that it ends with, and what the tool says.</summary>
    public StepAnswer Run(CxlStep step)
    {
        (Errno error, string? done) = step.Verb switch
        {
            CxlVerb.DestroyRegion or CxlVerb.EnableRegion or CxlVerb.DisableRegion => ForRegions(step),
            CxlVerb.EnablePort or CxlVerb.DisablePort => ForPort(step),
            CxlVerb.InjectPoison or CxlVerb.ClearPoison or CxlVerb.Sanitize => (WriteFiles(step), null),
            _ => ForMemdevs(step),
        };
        if (done is not null)
        {
            _sysfs.Say(done + (error == Errno.Ok ? string.Empty : " (exit 1)"));
        }

        return new(CxlText.Of(step), error, string.Join("; ", _sysfs.Messages), _sysfs.Refusal);
    }

    /// <summary>One that fails does not keep the tool from the next, and its error is the tool's. A name that no region has is no error.</summary>
    private (Errno Error, string Done) ForRegions(CxlStep step)
    {
        CxlRegionActions actions = new(_sysfs, step.Force);
        Errno last = Errno.Ok;
        int count = 0;
        foreach (string region in session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Select(region => region.Name).Where(name => IsMeant(step, name)).ToArray())
        {
            Errno error = step.Verb switch
            {
                CxlVerb.DestroyRegion => actions.Destroy(region),
                CxlVerb.EnableRegion => actions.Enable(region),
                _ => actions.Disable(region),
            };
            if (error == Errno.Ok)
            {
                count++;
                continue;
            }

            _sysfs.Say($"{region}: failed: {ToolErrors.Text(error)}");
            last = error;
        }

        if (last != Errno.Ok)
        {
            _sysfs.Say($"one or more failures, last failure: {ToolErrors.Text(last)}");
        }

        return (last, string.Create(CultureInfo.InvariantCulture, $"{CxlText.Done(step.Verb)} {count} region{(count == 1 ? "" : "s")}"));
    }

    /// <summary>Where one goes well the call does; else the first error is the tool's. A name that no device has is no error.</summary>
    private (Errno Error, string Done) ForMemdevs(CxlStep step)
    {
        Errno first = Errno.Ok;
        int count = 0;
        CxlMemdev[] meant = [.. Memdevs(step)];
        foreach (CxlMemdev memdev in meant)
        {
            Errno error = step.Verb switch
            {
                CxlVerb.EnableMemdev => new CxlMemdevActions(_sysfs).Enable(memdev),
                CxlVerb.DisableMemdev => new CxlMemdevActions(_sysfs).Disable(memdev, step.Force),
                CxlVerb.SetPartition => new CxlPartitionAction(_sysfs, memdev).Set(step),
                _ => new CxlDpaActions(_sysfs, memdev).Change(step),
            };
            count += error == Errno.Ok ? 1 : 0;
            first = first == Errno.Ok ? error : first;
        }

        if (meant.Length == 0)
        {
            _sysfs.Say($"no memdev matches {step.Subject}");
        }

        return (count > 0 ? Errno.Ok : first, string.Create(CultureInfo.InvariantCulture, $"{CxlText.Done(step.Verb)} {count} mem{CxlText.Things(step.Verb)}{(count > 1 ? "s" : "")}"));
    }

    /// <summary>A name that no port has is no error; an endpoint is found as such only, the root not at all.</summary>
    private (Errno Error, string Done) ForPort(CxlStep step)
    {
        CxlPortActions actions = new(_sysfs);
        Errno error = Errno.Ok;
        int count = 0;
        if (session.Kernel.Cxl.Bus.Find(step.Subject) is CxlPort { IsRoot: false } port && port.IsEndpoint == step.IsEndpoint)
        {
            error = step.Verb == CxlVerb.EnablePort ? actions.Enable(port, step.WithMemdevs) : actions.Disable(port, step.Force);
            count = error == Errno.Ok ? 1 : 0;
        }
        else
        {
            _sysfs.Say($"{(step.IsEndpoint ? "endpoint" : "port")}: {step.Subject} not found");
        }

        return (error, string.Create(CultureInfo.InvariantCulture, $"{CxlText.Done(step.Verb)} {count} port"));
    }

    /// <summary>To each device's file; the first refusal ends it. ENODEV without a device.</summary>
    private Errno WriteFiles(CxlStep step)
    {
        CxlMemdev[] meant = [.. Memdevs(step)];
        Errno error = meant.Length == 0 ? Errno.ENODEV : Errno.Ok;
        foreach (CxlMemdev memdev in meant.TakeWhile(_ => error == Errno.Ok))
        {
            error = step.Verb == CxlVerb.Sanitize
                ? _sysfs.Write($"{ToolSysfs.CxlDevices}{memdev.Name}/security/sanitize", "1")
                : _sysfs.Write($"/sys/kernel/debug/cxl/{memdev.Name}/{(step.Verb == CxlVerb.InjectPoison ? "inject_poison" : "clear_poison")}", $"0x{step.Address.Value:x}");
        }

        return error;
    }

    private IEnumerable<CxlMemdev> Memdevs(CxlStep step) =>
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Where(memdev => step.Subject == "all" || RegionMembers.IsNamed(session, memdev, step.Subject));

    private static bool IsMeant(CxlStep step, string name) => step.Subject == "all" || step.Subject == name;
}
