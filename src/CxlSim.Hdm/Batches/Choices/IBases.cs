namespace CxlSim.Hdm;

/// <summary>Where the shares of devices begin, as far as code is generated for it.</summary>
internal interface IBases
{
    static abstract BasesKind Kind { get; }
}
