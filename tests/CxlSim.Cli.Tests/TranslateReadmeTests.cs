using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>What the README shows of <c>cxlsim translate</c> is what it prints.</summary>
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
            RealProgram.Run(["translate", .. words]).Output.Should().Be(command.Groups["output"].Value);
        }
    }

    [GeneratedRegex(@"^\$ cxlsim translate (?<words>.*)\n(?<output>(?:(?!\$ |```).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
