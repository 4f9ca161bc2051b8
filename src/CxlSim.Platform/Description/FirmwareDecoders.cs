namespace CxlSim.Platform;

/// <summary>What firmware does with HDM decoders.</summary>
public enum FirmwareDecoders
{
    /// <summary>Left to the operating system.</summary>
    Os,

    /// <summary>One region per window over all volatile capacity below its targets, committed.</summary>
    Programmed,

    /// <summary>As <see cref="Programmed"/>, and locked until reset.</summary>
    Locked,
}
