using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>What the README shows of <c>cxlsim translate</c>, <c>list</c>, <c>show</c> and <c>diff</c> is what they print.</summary>
public partial class TranslateReadmeTests
{
    [Fact]
    public void Transcript_IsWhatTheProgramPrints()
    {
        MatchCollection commands = Command().Matches(File.ReadAllText(RepositoryRoot.File("README.md")));
        commands.Count.Should().BeGreaterThan(6);
        foreach (Match command in commands)
        {
            IEnumerable<string> words = command.Groups["words"].Value.Split(' ').Select(word => word.StartsWith("platforms/", StringComparison.Ordinal) ? RepositoryRoot.File(word) : word);
            string output = RealProgram.Run([command.Groups["name"].Value, .. words]).Output;
            output.Replace(RepositoryRoot.Find() + "/", string.Empty, StringComparison.Ordinal).Should().Be(command.Groups["output"].Value);
        }
    }

    [GeneratedRegex(@"^\$ cxlsim (?<name>translate|list|show|diff) (?<words>.*)\n(?<output>(?:(?!\$ |```).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
