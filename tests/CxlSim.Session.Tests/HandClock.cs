namespace CxlSim.Session.Tests;

/// <summary>A wall clock that moves by hand, with the timers that hang on it.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<HandTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HandTimer timer = new(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets time pass, then rings each timer once.</summary>
    public void Pass(TimeSpan span)
    {
        _ticks += span.Ticks;
        _timers.ForEach(timer => timer.Ring());
    }

    private sealed class HandTimer(Action ring) : ITimer
    {
        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
