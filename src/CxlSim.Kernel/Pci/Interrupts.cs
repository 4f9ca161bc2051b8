using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Message interrupts and the threads that serve them (<c>kernel/irq/manage.c</c>, threaded handlers).</summary>
public sealed class Interrupts
{
    /// <summary>Numbers below belong to the pins of the I/O APIC.</summary>
    private const int FirstNumber = 24;

    /// <summary>Process numbers of interrupt threads; where they begin means nothing.</summary>
    private const int FirstProcess = 150;

    private readonly Simulation _simulation;
    private readonly Dictionary<(Bdf Function, int Vector), List<Func<SimTask>>> _handlers = [];
    private readonly Dictionary<Bdf, int> _numbers = [];
    private int _nextNumber = FirstNumber;
    private int _nextProcess = FirstProcess;

    public Interrupts(KernelCore core)
    {
        _simulation = core.Simulation;
        core.HostBus.Interrupted += Deliver;
    }

    /// <summary>Serves a function's vector, beside others that do, until the driver of the function lets go (<c>devm_request_threaded_irq</c>). Gives the thread that does it.</summary>
    /// <param name="device">The function.</param>
    /// <param name="vector">Which of its vectors.</param>
    /// <param name="handler">Looks whether there is something to do.</param>
    /// <param name="name">Who asks; left out, the function itself.</param>
    public TraceTask Request(PciDevice device, int vector, Func<SimTask> handler, string? name = null)
    {
        (Bdf, int) line = (device.Address, vector);
        if (!_handlers.TryGetValue(line, out List<Func<SimTask>>? handlers))
        {
            _handlers.Add(line, handlers = []);
        }

        handlers.Add(handler);
        device.OnUnbind(() =>
        {
            handlers.Remove(handler);
            return SimTask.CompletedTask;
        });
        return new TraceTask($"irq/{NumberOf(device) + vector}-{name ?? device.Name}", _nextProcess++);
    }

    /// <summary>Number of a function's first vector; the others follow in a row.</summary>
    public int NumberOf(PciDevice device)
    {
        if (!_numbers.TryGetValue(device.Address, out int number))
        {
            int capability = device.FindCapability(PciCapability.MsiX);
            int vectors = capability == 0 ? 1 : (int)(device.ReadConfig(capability + PciCapability.MsiXControl, 2) & PciCapability.MsiXSizeMask) + 1;
            number = _nextNumber;
            _numbers.Add(device.Address, number);
            _nextNumber += vectors;
        }

        return number;
    }

    /// <summary>Nobody's interrupt is lost.</summary>
    private void Deliver(Bdf function, int vector)
    {
        foreach (Func<SimTask> handler in _handlers.GetValueOrDefault((function, vector), []))
        {
            _simulation.Spawn($"irq {function} {vector}", handler);
        }
    }
}
