namespace CxlSim.Conformance;

/// <summary>One fact that does not agree. A side that lacks the fact has no value.</summary>
public sealed record FactDifference(DifferenceKind Kind, string Key, string? Truth, string? Ours)
{
    public override string ToString() => Kind switch
    {
        DifferenceKind.Missing => $"- {Key} = {Truth}",
        DifferenceKind.Extra => $"+ {Key} = {Ours}",
        _ => $"! {Key}: recorded '{Truth}', ours '{Ours}'",
    };
}
