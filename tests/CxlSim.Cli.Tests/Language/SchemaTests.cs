using CxlSim.Platform;

namespace CxlSim.Cli.Tests;

/// <summary>The schema as an editor uses it, asked through a validator that is not ours.</summary>
public class SchemaTests
{
    private const string Window = "windows: [{base: 0x1000000000, targets: [5]}]";

    [Fact]
    public void EveryPlatformOfTheRepository_IsAccepted() =>
        Ask([.. Directory.EnumerateFiles(RepositoryRoot.File("platforms"), "*.yaml")]).Should().OnlyContain(answer => answer.EndsWith(": accepted", StringComparison.Ordinal));

    [Theory]
    [InlineData("window: []", "Additional properties are not allowed ('window' was unexpected)")]
    [InlineData("windows: [{base: 0x1000000000}]", "'targets' is a required property")]
    [InlineData("windows: [{targets: [5], granularity: 300 bytes}]", "'300 bytes' does not match")]
    [InlineData("windows: [{targets: [5], arithmetic: xnor}]", "'xnor' is not one of ['modulo', 'xor']")]
    [InlineData("windows: {targets: [5]}", "is not of type 'array'")]
    [InlineData("memory: {dram: 4GiB, cpus: 0}", "is not valid under any of the given schemas")]
    [InlineData("steps: [{store: {hpa: 0x1000}}]", "is not valid under any of the given schemas")]
    [InlineData(Window, "accepted")]
    public void AWrongFile_IsRefusedForItsReason(string text, string reason)
    {
        using ScratchFolder folder = new();

        Ask(folder.Write("platform.yaml", text)).Should().ContainSingle().Which.Should().Contain(reason);
    }

    /// <summary>An editor must not underline what the program takes. Files are made wrong in every line: left out, doubled, or with another key or value.</summary>
    [Fact]
    public void WhatTheReaderTakes_TheSchemaAccepts()
    {
        using ScratchFolder folder = new();
        List<string> taken = [];
        foreach (string platform in Directory.EnumerateFiles(RepositoryRoot.File("platforms"), "*.yaml"))
        {
            string[] lines = File.ReadAllLines(platform);
            for (int i = 0; i < lines.Length; i++)
            {
                string[] changed = [string.Join('\n', [.. lines[..i], .. lines[(i + 1)..]]), string.Join('\n', [.. lines[..i], Changed(lines[i]), .. lines[(i + 1)..]])];
                foreach (string text in changed.Where(text => PlatformReader.ReadText(text, "changed.yaml").Platform is not null))
                {
                    taken.Add(folder.Write($"{taken.Count}.yaml", text));
                }
            }
        }

        taken.Should().HaveCountGreaterThan(100);
        Ask([.. taken]).Where(answer => !answer.EndsWith(": accepted", StringComparison.Ordinal)).Should().BeEmpty();
    }

    /// <summary>Numbers become other numbers, and sizes other sizes.</summary>
    private static string Changed(string line) => line.Replace("GiB", "MiB", StringComparison.Ordinal).Replace("0x1", "0x2", StringComparison.Ordinal).Replace("256", "0x200", StringComparison.Ordinal);

    private static string[] Ask(params string[] files)
    {
        using ScratchFolder folder = new();
        string schema = folder.Write("schema.json", RealProgram.Run("schema").Output);
        ProgramResult result = RealProgram.Shell("\"$@\"", [RepositoryRoot.File("tests/scripts/schema-accepts"), schema, .. files]);
        result.ExitCode.Should().Be(0, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
