namespace CxlSim.Engine;

/// <summary>Receives the trace as it grows.</summary>
public interface ITraceSink
{
    /// <summary>Something happened. Called in the order of events; it may look at the model, and does nothing to it.</summary>
    void Record(SimTime time, long eventNumber, TraceRecord record);
}
