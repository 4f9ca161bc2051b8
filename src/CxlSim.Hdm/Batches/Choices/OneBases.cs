namespace CxlSim.Hdm;

internal readonly struct OneBases : IBases
{
    public static BasesKind Kind => BasesKind.One;
}
