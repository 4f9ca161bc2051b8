namespace CxlSim.Views;

/// <summary>What a piece of a device's capacity is good for.</summary>
public enum CapacityUse
{
    /// <summary>A program, or Linux itself, can put something there.</summary>
    InUse,

    /// <summary>A region could be made of it as the machine stands.</summary>
    Free,

    /// <summary>It is of no use as the machine stands.</summary>
    Stranded,
}
