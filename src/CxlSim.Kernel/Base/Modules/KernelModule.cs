using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A module in the kernel, as /sys/module/NAME (<c>kernel/module/main.c</c>, struct module).</summary>
public sealed class KernelModule(Simulation simulation, ModuleImage image) : KObject(image.Name)
{
    private static readonly AttributeGroup Every = new(Attr<KernelModule>.WriteOnly("uevent", (_, _) => Errno.Ok));

    private static readonly AttributeGroup Loadable = new(
        Attr<KernelModule>.ReadOnly("initstate", m => m.State switch { ModuleState.Coming => "coming", ModuleState.Going => "going", _ => "live" }),
        Attr<KernelModule>.ReadOnly("coresize", m => m.Image.Size.ToString(CultureInfo.InvariantCulture)),
        Attr<KernelModule>.ReadOnly("initsize", _ => "0"), // its init code is freed by the time that it is live
        Attr<KernelModule>.ReadOnly("taint", _ => string.Empty),
        Attr<KernelModule>.ReadOnly("refcnt", m => m._users.Count.ToString(CultureInfo.InvariantCulture)));

    private readonly List<KernelModule> _users = [];
    private readonly Stack<Driver> _drivers = new();
    private IModuleWork? _work;
    private SimSignal? _registered;

    public ModuleImage Image => image;

    public ParameterValues Parameters { get; } = new(image.Parameters);

    public ModuleState State { get; internal set; }

    /// <summary>Set once it is live.</summary>
    public SimSignal Initialised { get; } = new(simulation);

    /// <summary>Modules that use its symbols, the latest first.</summary>
    public IReadOnlyList<KernelModule> Users => _users;

    internal bool HasDrivers => _drivers.Count > 0;

    public override IReadOnlyList<AttributeGroup> Groups => [Every, .. image.IsBuiltIn ? [] : new[] { Loadable }, .. ParameterGroups];

    private IEnumerable<AttributeGroup> ParameterGroups => image.Parameters.Count == 0
        ? []
        : [new AttributeGroup("parameters", [.. image.Parameters.Select(parameter => Attr<KernelModule>.ReadOnly(parameter.Name, m => m.Parameters[parameter.Name]))])];

    internal void AddUser(KernelModule user)
    {
        _users.Insert(0, user);
        Directory("holders").Link(user.Name, user);
    }

    internal void RemoveUser(KernelModule user)
    {
        _users.Remove(user);
        Directory("holders").Unlink(user.Name);
    }

    /// <summary>Registers its drivers, then does what else there is to do (<c>module_add_driver</c>).</summary>
    internal async SimTask<Errno> InitAsync()
    {
        if (image.DriversWaitFor is { } wait)
        {
            RegisterAfter(wait);
        }
        else
        {
            await RegisterAsync();
        }

        _work = image.Work?.Invoke(Parameters);
        return _work is null ? Errno.Ok : await _work.InitAsync();
    }

    internal async SimTask ExitAsync()
    {
        if (_work is { } work)
        {
            await work.ExitAsync();
        }

        if (_registered is { } registered)
        {
            await registered.WaitAsync();
        }

        while (_drivers.TryPop(out Driver? driver))
        {
            Bus bus = driver.Bus!;
            await bus.UnregisterAsync(driver);
            Directory("drivers").Unlink($"{bus.Name}:{driver.Name}");
            driver.Unlink("module");
        }
    }

    private void RegisterAfter(Func<SimTask> wait)
    {
        SimSignal registered = new(simulation);
        _registered = registered;
        simulation.Spawn($"{Name} drivers", async () =>
        {
            await wait();
            await RegisterAsync();
            registered.Set();
        });
    }

    private async SimTask RegisterAsync()
    {
        foreach ((Bus bus, Driver driver) in image.Drivers(Parameters))
        {
            await bus.RegisterAsync(driver);
            _drivers.Push(driver);
            driver.Link("module", this);
            Directory("drivers").Link($"{bus.Name}:{driver.Name}", driver);
        }
    }
}
