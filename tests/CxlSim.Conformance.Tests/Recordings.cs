namespace CxlSim.Conformance.Tests;

/// <summary>The recorded states that the tests use.</summary>
internal static class Recordings
{
    public static Capture Boot { get; } = Of("01-single-volatile/00-boot");

    public static Capture Created { get; } = Of("01-single-volatile/01-created-default-policy");

    public static Capture Of(string state) => Capture.FromDirectory(RepositoryRoot.Golden(state.Split('/')));
}
