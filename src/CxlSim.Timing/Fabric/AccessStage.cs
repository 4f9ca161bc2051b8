namespace CxlSim.Timing;

/// <summary>What an access's next event brings.</summary>
internal enum AccessStage : byte
{
    /// <summary>The request reaches the lower end of a link.</summary>
    Down,

    /// <summary>The media are done with it.</summary>
    Served,

    /// <summary>The answer reaches the upper end of a link.</summary>
    Up,

    /// <summary>None: its owner has been told.</summary>
    Done,
}
