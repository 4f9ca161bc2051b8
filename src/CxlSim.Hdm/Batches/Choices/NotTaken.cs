namespace CxlSim.Hdm;

internal readonly struct NotTaken : IChoice
{
    public static bool IsTaken => false;
}
