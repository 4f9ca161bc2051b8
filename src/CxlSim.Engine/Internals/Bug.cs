namespace CxlSim.Engine.Internals;

/// <summary>The engine knows no other project, so its own broken rules are invalid operations; the CLI treats both alike.</summary>
internal static class Bug
{
    public static InvalidOperationException Of(string expectation) => new("expected " + expectation);
}
