using System.Text.RegularExpressions;

namespace CxlSim.Architecture.Tests;

/// <summary>What the documents name exists, and what exists is named.</summary>
public partial class DocumentTests
{
    [Theory]
    [InlineData("src/CxlSim.Machine/Phase.cs")]
    [InlineData("src/CxlSim.Machine/Milestone.cs")]
    public void Architecture_NamesEveryMember(string enumFile)
    {
        string document = Repository.Text("docs/ARCHITECTURE.md");
        Members(enumFile).Should().NotBeEmpty().And.OnlyContain(name => Regex.IsMatch(document, $@"\b{name}\b"));
    }

    /// <summary>A phase that is called elsewhere than in the list of phases is none.</summary>
    [Fact]
    public void BootSequence_EntersEveryPhaseButTheLast() =>
        EnterCall().Matches(Repository.Text("src/CxlSim.Machine/BootSequence.cs")).Select(match => match.Groups["name"].Value)
            .Should().Equal(Members("src/CxlSim.Machine/Phase.cs").SkipLast(1));

    /// <summary>Paths in the README's shell blocks: what is run or read there is in the repository.</summary>
    [Fact]
    public void Readme_NamesFilesThatExist() =>
        ShellBlock().Matches(Repository.Text("README.md")).SelectMany(block => RepositoryPath().Matches(block.Groups["body"].Value)).Select(path => path.Value)
            .Where(path => !Path.Exists(Path.Combine(Repository.Root, path)))
            .Should().BeEmpty();

    /// <summary>A path between backticks, from the root or from a project of <c>src</c>, is where the text says. What Linux calls its files is not looked at.</summary>
    [Fact]
    public void Documents_NameFilesThatExist() =>
        (from document in Repository.Files
         where document.Path.EndsWith(".md", StringComparison.Ordinal) && (document.Path.StartsWith("docs/", StringComparison.Ordinal) || document.Path == "README.md")
         from path in NamedPath().Matches(document.Text).Select(match => match.Groups["path"].Value)
         where !Path.Exists(Path.Combine(Repository.Root, path)) && !Path.Exists(Path.Combine(Repository.Root, "src", "CxlSim." + path))
         select $"{document}: {path}").Should().BeEmpty();

    [Fact]
    public void Readme_ShowsHowToRunAPlatform() =>
        ShellBlock().Matches(Repository.Text("README.md")).Select(block => block.Groups["body"].Value).Should().Contain(body => body.Contains("platforms/", StringComparison.Ordinal));

    private static IEnumerable<string> Members(string enumFile) => EnumMember().Matches(Repository.Text(enumFile)).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^    (?<name>\w+),\r?$", RegexOptions.Multiline)]
    private static partial Regex EnumMember();

    [GeneratedRegex(@"EnterAsync\(Phase\.(?<name>\w+)\)")]
    private static partial Regex EnterCall();

    [GeneratedRegex(@"^```sh\r?\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"`(?<path>(?:(?:src|tests|benchmarks|platforms|docs)/[\w./-]*[\w-]|(?:Core|Engine|Spec|Platform|Hdm|Timing|Hardware|Firmware|Kernel|Machine|Views|Session|Fuse|Cli)/[\w./]*\w))`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"(?<![\w/.-])(?:src|tests|benchmarks|platforms|docs)/[\w./-]*[\w-]")]
    private static partial Regex RepositoryPath();
}
