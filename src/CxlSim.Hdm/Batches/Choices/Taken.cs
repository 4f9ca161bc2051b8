namespace CxlSim.Hdm;

internal readonly struct Taken : IChoice
{
    public static bool IsTaken => true;
}
