namespace CxlSim.Hdm;

internal readonly struct Yes : IAnswer
{
    public static bool IsYes => true;
}
