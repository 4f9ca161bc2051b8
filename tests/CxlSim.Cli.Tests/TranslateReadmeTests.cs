using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>What the README shows of <c>cxlsim translate</c> and <c>cxlsim list</c> is what they print.</summary>
public partial class TranslateReadmeTests
{
    [Fact]
    public void Transcript_IsWhatTheProgramPrints()
    {
        MatchCollection commands = Command().Matches(File.ReadAllText(RepositoryRoot.File("README.md")));
        commands.Count.Should().BeGreaterThan(3);
        foreach (Match command in commands)
        {
            string[] words = command.Groups["words"].Value.Split(' ');
            words[0] = RepositoryRoot.File(words[0]);
            RealProgram.Run([command.Groups["name"].Value, .. words]).Output.Should().Be(command.Groups["output"].Value);
        }
    }

    [GeneratedRegex(@"^\$ cxlsim (?<name>translate|list) (?<words>.*)\n(?<output>(?:(?!\$ |```).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
