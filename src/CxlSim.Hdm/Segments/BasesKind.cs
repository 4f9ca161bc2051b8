namespace CxlSim.Hdm;

/// <summary>Where the shares of devices begin.</summary>
internal enum BasesKind
{
    /// <summary>All at DPA 0.</summary>
    Zero,

    /// <summary>All at one DPA.</summary>
    One,

    /// <summary>Each at its own.</summary>
    Many,
}
