namespace CxlSim.Views;

/// <summary>One view of the host's addresses.</summary>
/// <param name="Name">Whose view it is.</param>
/// <param name="Bars">By address; one may lie in another.</param>
public sealed record AddressLane(string Name, IReadOnlyList<AddressBar> Bars);
