namespace CxlSim.Engine;

/// <summary>Something that the outside wants of the model: served as an event, in a simulated thread of its own.</summary>
public abstract class Request : SimHandler
{
    private Simulation? _simulation;
    private volatile bool _isDone; // whoever posted may look from another thread

    /// <summary>What it is, for traces: <c>write /sys/bus/cxl/...</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Whether it has been served to its end.</summary>
    public bool IsDone => _isDone;

    /// <inheritdoc/>
    protected internal override void Handle(ulong argument)
    {
        _simulation!.Trace(new RequestServed(Description));
        _simulation.Spawn(Description, RunAsync);
    }

    internal void Accept(Simulation simulation)
    {
        _simulation = simulation;
        simulation.Schedule(SimDuration.Zero, EventPriority.Request, this);
    }

    /// <summary>What it does, in a simulated thread of its own.</summary>
    protected abstract SimTask ServeAsync();

    private async SimTask RunAsync()
    {
        await ServeAsync();
        _isDone = true;
    }
}
