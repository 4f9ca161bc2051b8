namespace CxlSim.Session;

/// <summary>How a case ended.</summary>
public enum ScenarioVerdict
{
    /// <summary>All that is expected holds.</summary>
    Passed,

    /// <summary>Something does not.</summary>
    Failed,

    /// <summary>The simulator broke a rule of its own.</summary>
    Bug,
}
