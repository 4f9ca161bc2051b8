namespace CxlSim.Hdm;

internal readonly struct ZeroBases : IBases
{
    public static BasesKind Kind => BasesKind.Zero;
}
