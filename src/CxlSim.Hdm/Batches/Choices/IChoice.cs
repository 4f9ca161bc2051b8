namespace CxlSim.Hdm;

/// <summary>A yes or no that is known when code is generated: what a geometry does not need is not there when it runs.</summary>
internal interface IChoice
{
    static abstract bool IsTaken { get; }
}
