using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A bus: devices, drivers, and who is bound to whom (<c>drivers/base/bus.c</c>, <c>dd.c</c>).</summary>
public class Bus : KObject
{
    private static readonly AttributeGroup Files = new(
        Attr<Bus>.ReadWrite("drivers_autoprobe", bus => bus.ProbesByItself ? "1" : "0", (bus, value) => bus.StoreAutoprobe(value)),
        Attr<Bus>.WriteOnly("drivers_probe", (bus, value) => bus.StoreProbeAsync(value)));

    private readonly KObject _deviceLinks;
    private readonly KObject _driverDirectory;
    private readonly List<Device> _devices = [];
    private readonly List<Driver> _drivers = [];

    public Bus(KernelCore core, string name)
        : base(name)
    {
        Core = core;
        core.Sysfs.Buses.Attach(this);
        _deviceLinks = Directory("devices");
        _driverDirectory = Directory("drivers");
    }

    protected KernelCore Core { get; }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<Device> Devices => _devices;

    public IReadOnlyList<Driver> Drivers => _drivers;

    /// <summary>Whether new devices are offered to drivers, and new drivers to devices, or user space says which.</summary>
    public bool ProbesByItself { get; private set; } = true;

    public override IReadOnlyList<AttributeGroup> Groups => [Files];

    /// <summary>Adds a device below <paramref name="parent"/> and offers it to the drivers (<c>device_add</c>).</summary>
    public async SimTask AddAsync(Device device, KObject parent)
    {
        parent.Attach(device);
        device.Bus = this;
        device.Lock = new SimMutex(Core.Simulation);
        device.Link("subsystem", this);
        _deviceLinks.Link(device.Name, device);
        _devices.Add(device);
        Core.Simulation.Trace(new ObjectCreated(device.Path));
        if (ProbesByItself)
        {
            await AttachAsync(device);
        }
    }

    /// <summary>Offers a device that has no driver to those of the bus (<c>device_attach</c>).</summary>
    public async SimTask AttachAsync(Device device)
    {
        foreach (Driver driver in _drivers.ToArray())
        {
            if (driver.Bus == this && Matches(driver, device) && await OfferAsync(driver, device))
            {
                return;
            }
        }
    }

    /// <summary>Unbinds and forgets a device (<c>device_del</c>).</summary>
    public async SimTask RemoveAsync(Device device)
    {
        using SimMutex.Holder holder = await device.Lock!.LockAsync();
        await ReleaseDriverAsync(device);
        await device.ReleaseManagedAsync();
        Core.Simulation.Trace(new ObjectRemoved(device.Path));
        _devices.Remove(device);
        _deviceLinks.Unlink(device.Name);
        device.Parent?.Detach(device);
    }

    /// <summary>Adds a driver and offers it every device that has none (<c>driver_register</c>).</summary>
    public async SimTask RegisterAsync(Driver driver)
    {
        _driverDirectory.Attach(driver);
        driver.Bus = this;
        _drivers.Add(driver);
        if (ProbesByItself)
        {
            await AttachAsync(driver);
        }
    }

    /// <summary>Takes a driver away: probes under way end first, then its devices lose it, the last bound first (<c>driver_unregister</c>, <c>driver_detach</c>).</summary>
    public async SimTask UnregisterAsync(Driver driver)
    {
        _drivers.Remove(driver);
        await WaitForProbesAsync(driver);
        while (driver.Bound.Count > 0)
        {
            await UnbindAsync(driver.Bound[^1]);
        }

        while (_devices.Find(device => device.Driver == driver) is { } probed)
        {
            await UnbindAsync(probed);
        }

        _driverDirectory.Detach(driver);
        driver.Bus = null;
    }

    /// <summary>Offers a driver every device that has none (<c>driver_attach</c>).</summary>
    public async SimTask AttachAsync(Driver driver)
    {
        foreach (Device device in _devices.ToArray())
        {
            if (!device.IsBound && device.Parent is not null && Matches(driver, device))
            {
                await OfferAsync(driver, device);
            }
        }
    }

    /// <summary>Until no driver of the bus probes on the side (<c>wait_for_device_probe</c>).</summary>
    public async SimTask WaitForProbesAsync()
    {
        while (_drivers.Find(driver => driver.PendingProbes > 0) is { } busy)
        {
            await WaitForProbesAsync(busy);
        }
    }

    /// <summary>Tries every unbound device again (<c>bus_rescan_devices</c>).</summary>
    public async SimTask RescanAsync()
    {
        foreach (Driver driver in _drivers.ToArray())
        {
            await AttachAsync(driver);
        }
    }

    /// <summary>Binds, or says why not (<c>really_probe</c>). EBUSY where another driver was quicker, ENODEV where device or driver has gone in the meantime.</summary>
    public async SimTask<Errno> BindAsync(Driver driver, Device device)
    {
        using SimMutex.Holder holder = await device.Lock!.LockAsync();
        if (device.IsBound || device.Parent is null || driver.Bus != this)
        {
            return device.IsBound ? Errno.EBUSY : Errno.ENODEV;
        }

        device.Driver = driver; // a driver sees itself bound while it probes, and log lines carry its name
        Errno error = await driver.ProbeAsync(device);
        OnProbed(device, error);
        if (error != Errno.Ok)
        {
            await device.ReleaseManagedAsync();
            device.Driver = null;
            Core.Simulation.Trace(new Refused(device.Path, error.ToString()));
            if (error is not (Errno.ENODEV or Errno.ENXIO or Errno.EPROBE_DEFER))
            {
                string name = $"{driver.Name} {device.Name}";
                Core.Log.Error($"{name}: probe with driver {driver.Name} failed with error -{(int)error}");
            }

            return error;
        }

        device.Link("driver", driver);
        driver.Link(device.Name, device);
        driver.BoundDevices.Add(device);
        Core.Simulation.Trace(new DriverBound(driver.Name, device.Path));
        Core.DeferredProbes.Trigger();
        return Errno.Ok;
    }

    /// <summary>Takes the driver away; without one, nothing happens (<c>device_release_driver</c>).</summary>
    public async SimTask UnbindAsync(Device device)
    {
        using SimMutex.Holder holder = await device.Lock!.LockAsync();
        await ReleaseDriverAsync(device);
    }

    public Device? Find(string name) => _devices.Find(device => device.Name == name);

    /// <summary>Whether a driver may have a device; a bus adds rules of its own here.</summary>
    protected virtual bool Matches(Driver driver, Device device) => driver.Matches(device);

    /// <summary>A driver has taken a device, or refused it; it is still the device's.</summary>
    protected virtual void OnProbed(Device device, Errno error)
    {
    }

    internal async SimTask<Errno> StoreBindAsync(Driver driver, string value)
    {
        Device? device = Find(Kstrto.Trim(value));
        if (device is null || !Matches(driver, device))
        {
            string reason = device is null ? $"no device {Kstrto.Trim(value)} on bus {Name}" : $"{device.Name} is not for {driver.Name}";
            return Core.Refusals.Report(RefusalRules.BindUnknown, Errno.ENODEV, driver.Name, reason, device is null ? null : driver.NearestMatch(device));
        }

        if (device.Driver is { } holder)
        {
            return Core.Refusals.Report(RefusalRules.BindBusy, Errno.EBUSY, device.Name, $"{device.Name} is bound to {holder.Name}");
        }

        long mark = Core.Refusals.Count;
        Errno error = await BindAsync(driver, device);
        error = error == Errno.EPROBE_DEFER ? Errno.EAGAIN : error; // who asks by name is not called again
        if (error != Errno.Ok && !Core.Refusals.IsExplained(mark, error))
        {
            driver.Explain(Core.Refusals, device, error);
        }

        return error;
    }

    internal async SimTask<Errno> StoreUnbindAsync(Driver driver, string value)
    {
        Device? device = Find(Kstrto.Trim(value));
        if (device is null || device.Driver != driver)
        {
            string reason = device is null ? $"no device {Kstrto.Trim(value)} on bus {Name}" : $"{device.Name} is bound to {device.Driver?.Name ?? "no driver"}";
            return Core.Refusals.Report(RefusalRules.UnbindUnknown, Errno.ENODEV, driver.Name, reason);
        }

        await UnbindAsync(device);
        return Errno.Ok;
    }

    /// <summary>The first letter counts (<c>drivers_autoprobe_store</c>).</summary>
    private Errno StoreAutoprobe(string value)
    {
        ProbesByItself = !value.StartsWith('0');
        return Errno.Ok;
    }

    /// <summary>What no driver takes is no error (<c>drivers_probe_store</c>).</summary>
    private async SimTask<Errno> StoreProbeAsync(string value)
    {
        if (Find(Kstrto.Trim(value)) is not { } device)
        {
            return Core.Refusals.Report(RefusalRules.ProbeUnknown, Errno.ENODEV, Name, $"no device {Kstrto.Trim(value)} on bus {Name}");
        }

        if (!device.IsBound)
        {
            await AttachAsync(device);
        }

        return Errno.Ok;
    }

    private async SimTask WaitForProbesAsync(Driver driver)
    {
        while (driver.PendingProbes > 0)
        {
            driver.ProbesEnded ??= new SimSignal(Core.Simulation);
            await driver.ProbesEnded.WaitAsync();
        }
    }

    /// <summary>Binds where the driver takes the device; one that is asked too early is asked again (<c>driver_probe_device</c>).</summary>
    internal async SimTask<Errno> TryAsync(Driver driver, Device device)
    {
        Errno error = await BindAsync(driver, device);
        if (error == Errno.EPROBE_DEFER)
        {
            Core.DeferredProbes.Add(this, driver, device);
        }

        return error;
    }

    /// <summary>The caller holds the lock.</summary>
    private async SimTask ReleaseDriverAsync(Device device)
    {
        if (device.Driver is not { } driver)
        {
            return;
        }

        device.Unlink("driver");
        driver.Unlink(device.Name);
        await driver.RemoveAsync(device);
        await device.ReleaseManagedAsync();
        device.Driver = null;
        driver.BoundDevices.Remove(device);
        Core.Simulation.Trace(new DriverUnbound(driver.Name, device.Path));
    }

    private async SimTask<bool> OfferAsync(Driver driver, Device device)
    {
        if (!driver.ProbesAsynchronously)
        {
            return await TryAsync(driver, device) == Errno.Ok;
        }

        driver.PendingProbes++;
        Core.Simulation.Spawn($"probe {device.Name}", async () =>
        {
            await Core.Simulation.Delay(Core.ProbeDelay());
            if (!device.IsBound)
            {
                await TryAsync(driver, device);
            }

            driver.PendingProbes--;
            if (driver.PendingProbes == 0)
            {
                driver.ProbesEnded?.Set();
                driver.ProbesEnded = null;
            }
        });
        return true;
    }
}
