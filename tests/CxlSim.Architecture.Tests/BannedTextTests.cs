using System.Text.RegularExpressions;

namespace CxlSim.Architecture.Tests;

/// <summary>Words that stand for something unfinished, undetermined or foreign. They are put together here, so that this file has none of them.</summary>
public class BannedTextTests
{
    private static readonly string[] AboveTheModel = ["CxlSim.Views", "CxlSim.Session", "CxlSim.Fuse", "CxlSim.Cli"];

    private static readonly string[] Undetermined = ["DateTime" + ".Now", "DateTime" + ".UtcNow", "new " + "Random(", "Task" + ".Run(", "Thread" + ".Sleep("];

    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Exception"];

    /// <summary>Paths of one machine mean nothing on another.</summary>
    private static readonly string[] Foreign = ["/wo" + "rk/", "/tmp/" + "h-", "../" + "shared"];

    [Fact]
    public void Model_KnowsNoClockNoThreadAndNoChance() =>
        Lines(Repository.Code("src/").Where(file => !AboveTheModel.Contains(file.Path.Split('/')[1])), Undetermined).Should().BeEmpty();

    [Fact]
    public void Code_IsFinished() => Lines(Repository.Code("src/").Concat(Repository.Code("tests/")), Unfinished).Should().BeEmpty();

    [Fact]
    public void NoText_NamesAMachinesOwnPaths() => Lines(Repository.Files, Foreign).Should().BeEmpty();

    /// <summary>A test that is skipped, or that watches the wall clock, tells nothing on the day it matters.</summary>
    [Fact]
    public void NoTest_IsSkipped() => Lines(Repository.Code("tests/"), ["Skip" + " = \""]).Should().BeEmpty();

    private static IEnumerable<string> Lines(IEnumerable<SourceFile> files, string[] words)
    {
        Regex banned = new(string.Join('|', words.Select(word => char.IsLetter(word[0]) ? $@"\b{Regex.Escape(word)}" : Regex.Escape(word))));
        return from file in files
               from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
               where banned.IsMatch(line.Text)
               select $"{file}:{line.Number}: {line.Text.Trim()}";
    }
}
