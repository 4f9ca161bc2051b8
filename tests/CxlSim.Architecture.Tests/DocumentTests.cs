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

    /// <summary>A page that no index names is found by nobody; one that it names twice has two places.</summary>
    [Fact]
    public void Index_NamesEveryPageOnce()
    {
        string[] named = [.. Link().Matches(Repository.Text("docs/README.md")).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("..", StringComparison.Ordinal))];
        string[] there = [.. Repository.Files.Select(file => file.Path).Where(path => Path.GetDirectoryName(path) == "docs" && path != "docs/README.md").Select(path => Path.GetFileName(path))];
        named.Should().BeEquivalentTo(there);
    }

    /// <summary>Links between pages, with the heading where they name one.</summary>
    [Fact]
    public void Links_LeadSomewhere()
    {
        SourceFile[] pages = [.. Repository.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal))];
        string[] dead = [.. pages.SelectMany(page => Link().Matches(page.Text).Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(page.Path, target)).Select(target => $"{page}: {target}"))];

        pages.Should().HaveCountGreaterThan(20);
        dead.Should().BeEmpty();
    }

    private static bool Leads(string page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || Heading().Matches(File.ReadAllText(path)).Any(heading => Anchor(heading.Groups["text"].Value) == parts[1]));
    }

    /// <summary>As the common renderers make it of a heading.</summary>
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), string.Empty).Replace(' ', '-');

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

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
