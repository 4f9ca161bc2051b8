using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Message interrupts and the threads that serve them (<c>kernel/irq/manage.c</c>, threaded handlers).</summary>
public sealed class Interrupts
{
    private readonly Simulation _simulation;
    private readonly Dictionary<(Bdf Function, int Vector), Func<SimTask>> _handlers = [];

    public Interrupts(LinuxKernel kernel)
    {
        _simulation = kernel.Simulation;
        kernel.HostBus.Interrupted += Deliver;
    }

    /// <summary>Serves a function's vector until the driver of the function lets go (<c>devm_request_threaded_irq</c>).</summary>
    public void Request(PciDevice device, int vector, Func<SimTask> handler)
    {
        (Bdf, int) line = (device.Address, vector);
        _handlers[line] = handler;
        device.OnUnbind(() =>
        {
            _handlers.Remove(line);
            return SimTask.CompletedTask;
        });
    }

    /// <summary>Nobody's interrupt is lost.</summary>
    private void Deliver(Bdf function, int vector)
    {
        if (_handlers.TryGetValue((function, vector), out Func<SimTask>? handler))
        {
            _simulation.Spawn($"irq {function} {vector}", handler);
        }
    }
}
