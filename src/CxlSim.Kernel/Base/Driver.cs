using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A driver (<c>drivers/base/driver.c</c>, struct device_driver): its directory has a link to every device that it is bound to.</summary>
public abstract class Driver(string name) : KObject(name)
{
    private static readonly AttributeGroup Every = new(Attr<Driver>.WriteOnly("uevent", (_, _) => Errno.Ok));

    private static readonly AttributeGroup BindAttributes = new(
        Attr<Driver>.WriteOnly("bind", (driver, value) => driver.Bus!.StoreBindAsync(driver, value)),
        Attr<Driver>.WriteOnly("unbind", (driver, value) => driver.Bus!.StoreUnbindAsync(driver, value)));

    public Bus? Bus { get; internal set; }

    /// <summary>Devices in the order in which they were bound.</summary>
    public IReadOnlyList<Device> Bound => BoundDevices;

    /// <summary>Probes run in threads of their own, in no promised order (<c>PROBE_PREFER_ASYNCHRONOUS</c>).</summary>
    public virtual bool ProbesAsynchronously => false;

    public override IReadOnlyList<AttributeGroup> Groups => HasBindAttributes ? [Every, BindAttributes] : [Every];

    internal List<Device> BoundDevices { get; } = [];

    /// <summary>Probes in threads of their own that have not ended yet.</summary>
    internal int PendingProbes { get; set; }

    /// <summary>Set when the last of them ends; null while nobody waits.</summary>
    internal SimSignal? ProbesEnded { get; set; }

    /// <summary>False with <c>suppress_bind_attrs</c>.</summary>
    protected virtual bool HasBindAttributes => true;

    public abstract bool Matches(Device device);

    public abstract SimTask<Errno> ProbeAsync(Device device);

    public virtual SimTask RemoveAsync(Device device) => SimTask.CompletedTask;

    /// <summary>What would make a device that is not for it match; null where nothing would.</summary>
    internal virtual NearestChange? NearestMatch(Device device) => null;

    /// <summary>Says why a device that a user binds to it is not for it, where the probe has not.</summary>
    internal virtual void Explain(KernelRefusals refusals, Device device, Errno error) =>
        refusals.Report(RefusalRules.ProbeRefused, error, device.Name, $"the probe of {Name} ended with {error}");
}
