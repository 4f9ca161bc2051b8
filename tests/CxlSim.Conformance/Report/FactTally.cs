namespace CxlSim.Conformance;

/// <summary>How many facts agree, differ, are missing in ours or are extra there.</summary>
public readonly record struct FactTally(int Agree, int Differ, int Missing, int Extra)
{
    /// <summary>Facts of the recording.</summary>
    public int Recorded => Agree + Differ + Missing;

    /// <summary>The denominator: an invented fact counts against us as a missing one does.</summary>
    public int Facts => Recorded + Extra;

    /// <summary>Share of facts that agree, rounded down so that only full agreement reads 100; none when there is nothing to agree on.</summary>
    public double? Percent => Facts == 0 ? null : Math.Floor(10_000.0 * Agree / Facts) / 100;

    public bool AllAgree => Agree == Facts;

    public static FactTally operator +(FactTally left, FactTally right) =>
        new(left.Agree + right.Agree, left.Differ + right.Differ, left.Missing + right.Missing, left.Extra + right.Extra);
}
