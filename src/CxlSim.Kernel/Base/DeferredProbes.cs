using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Devices whose driver asked to come later, because something that they need is not there yet (<c>drivers/base/dd.c</c>, deferred probe).</summary>
public sealed class DeferredProbes(Simulation simulation)
{
    private readonly List<(Bus Bus, Driver Driver, Device Device)> _waiting = [];

    public void Add(Bus bus, Driver driver, Device device) => _waiting.Add((bus, driver, device));

    /// <summary>Some driver has bound: whoever waits is tried again, from a work queue (<c>driver_deferred_probe_trigger</c>).</summary>
    public void Trigger()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        (Bus Bus, Driver Driver, Device Device)[] ready = [.. _waiting];
        _waiting.Clear();
        simulation.Spawn("deferred_probe", async () =>
        {
            foreach ((Bus bus, Driver driver, Device device) in ready)
            {
                await bus.TryAsync(driver, device);
            }
        });
    }
}
