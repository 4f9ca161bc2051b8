namespace CxlSim.Engine;

/// <summary>The rest of an <c>async</c> method that waits.</summary>
public interface ISimContinuation
{
    /// <summary>Goes on with it.</summary>
    void Resume();
}
