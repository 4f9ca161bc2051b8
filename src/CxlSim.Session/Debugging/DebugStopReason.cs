namespace CxlSim.Session;

/// <summary>What ended a movement.</summary>
public enum DebugStopReason
{
    /// <summary>It went as far as was asked.</summary>
    Arrived,

    Breakpoint,

    /// <summary>Nothing is left to do, neither events nor steps of the file.</summary>
    End,

    /// <summary>A bug of the simulator, <see cref="DebugSession.Bug"/>: forward it goes no further.</summary>
    Bug,

    /// <summary>Backwards, the power-on.</summary>
    Start,

    /// <summary>What was asked for lies behind, or is not there: the machine did not move.</summary>
    NotAhead,

    /// <summary>The user wanted it to stop.</summary>
    Interrupted,
}
