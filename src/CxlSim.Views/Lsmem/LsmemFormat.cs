namespace CxlSim.Views;

/// <summary>How <c>lsmem</c> writes its table.</summary>
public enum LsmemFormat
{
    Table,
    Json,
    Pairs,
    Raw,
}
