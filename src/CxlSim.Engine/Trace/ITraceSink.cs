namespace CxlSim.Engine;

/// <summary>Receives the trace as it grows.</summary>
public interface ITraceSink
{
    void Record(SimTime time, long eventNumber, TraceRecord record);
}
