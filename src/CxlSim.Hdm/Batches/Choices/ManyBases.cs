namespace CxlSim.Hdm;

internal readonly struct ManyBases : IBases
{
    public static BasesKind Kind => BasesKind.Many;
}
