namespace CxlSim.Timing;

/// <summary>What an access's next event brings.</summary>
internal enum AccessStage : byte
{
    /// <summary>The request reaches the device.</summary>
    Requested,

    /// <summary>The media are done with it.</summary>
    Served,

    /// <summary>The answer reaches the host.</summary>
    Answered,
}
