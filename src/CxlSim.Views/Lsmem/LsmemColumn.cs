namespace CxlSim.Views;

/// <summary>A column of <c>lsmem</c>. Its word is the heading.</summary>
public enum LsmemColumn
{
    Range,
    Size,
    State,
    Removable,
    Block,
    Node,
    Zones,
}
