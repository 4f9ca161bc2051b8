namespace CxlSim.Hdm;

internal readonly struct No : IAnswer
{
    public static bool IsYes => false;
}
