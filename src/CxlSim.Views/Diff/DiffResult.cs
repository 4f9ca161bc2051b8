namespace CxlSim.Views;

/// <summary>What of two machines is different.</summary>
/// <param name="First">The first machine, as its user named it.</param>
/// <param name="Second">The second machine.</param>
/// <param name="Groups">Differences by kind; kinds without one are left out.</param>
public sealed record DiffResult(string First, string Second, IReadOnlyList<DiffGroup> Groups)
{
    public bool IsSame => Groups.Count == 0;
}
