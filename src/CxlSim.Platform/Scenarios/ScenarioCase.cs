using CxlSim.Platform.Reading;

namespace CxlSim.Platform;

/// <summary>One machine of a scenario, what is done to it and what must hold.</summary>
/// <param name="Name">The scenario's name, with the values of its matrix: <c>ways[ways=2,granularity=256]</c>. Unique in its file.</param>
/// <param name="File">The scenario file.</param>
/// <param name="Why">What it is for, in a sentence; empty where nothing is said.</param>
/// <param name="Platform">The machine; its steps are the scenario's.</param>
/// <param name="Seed">Of the order in which devices are probed.</param>
/// <param name="Expectation">What must hold at the end; null where nothing is said.</param>
public sealed record ScenarioCase(string Name, string File, string Why, PlatformDescription Platform, ulong Seed, ExpectationDescription? Expectation)
{
    /// <summary>Where files are that the scenario names; empty for the current folder.</summary>
    public string Folder => UserFile.FolderOf(File);

    /// <summary>Numbers of the warnings that reading its platform gave.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
