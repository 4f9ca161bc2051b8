namespace CxlSim.Session;

/// <summary>What a file is opened for.</summary>
[Flags]
public enum OpenFlags
{
    None = 0,
    Read = 1,
    Write = 2,

    /// <summary>A read that would wait gives EAGAIN.</summary>
    NonBlocking = 4,

    /// <summary>What is written goes behind what is there.</summary>
    Append = 8,
}
