namespace CxlSim.Engine;

/// <summary>Where an event waits: what it calls, and while it is in a bucket of the wheel, when and who comes after it there.</summary>
internal struct EventSlot
{
    public SimHandler Handler;
    public ulong Argument;
    public long Time;
    public ulong Order;
    public int Next;
}
