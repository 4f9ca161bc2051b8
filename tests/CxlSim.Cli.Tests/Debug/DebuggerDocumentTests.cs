namespace CxlSim.Cli.Tests;

/// <summary>The sessions that docs/DEBUGGER.md shows are real ones.</summary>
public class DebuggerDocumentTests
{
    private const string Begin = "```text\n$ cxlsim debug platforms/";

    [Fact]
    public void Transcripts_AreWhatTheProgramPrints()
    {
        string[] transcripts = [.. File.ReadAllText(RepositoryRoot.File("docs/DEBUGGER.md")).Split(Begin)[1..].Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
        transcripts.Should().NotBeEmpty();
        foreach (string transcript in transcripts)
        {
            string[] lines = transcript.TrimEnd('\n').Split('\n');
            string[] commands = [.. lines.Where(line => line.StartsWith("(cxlsim) ", StringComparison.Ordinal)).Select(line => line["(cxlsim) ".Length..])];
            commands.Should().HaveCountLessThan(10);

            (string output, int code) = DebugScript.Run(RepositoryRoot.File($"platforms/{lines[0]}"), commands);

            output.Should().Be(string.Join('\n', lines[1..]) + "\n");
            code.Should().Be(0);
        }
    }

    [Fact]
    public void EveryCommand_IsInTheDocument()
    {
        string document = File.ReadAllText(RepositoryRoot.File("docs/DEBUGGER.md"));
        string[] commands = [.. DebugScript.Last(RepositoryRoot.File("platforms/wrong-ways.yaml"), "help").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[5..].Split(' ')[0])];

        commands.Should().OnlyContain(command => document.Contains($"`{command}", StringComparison.Ordinal));
    }
}
