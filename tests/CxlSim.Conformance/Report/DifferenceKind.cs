namespace CxlSim.Conformance;

/// <summary>How a fact can fail to agree.</summary>
public enum DifferenceKind
{
    /// <summary>Both have it, with different values.</summary>
    Differs,

    /// <summary>Recorded, but not in ours.</summary>
    Missing,

    /// <summary>In ours, but not recorded.</summary>
    Extra,
}
