namespace CxlSim.Cli.Tests;

/// <summary>Lines that outlive a session.</summary>
public sealed class LineHistoryTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_AreThereInTheNextSession()
    {
        string file = Path.Combine(_folder["new"], "directory", "history");
        Enter(file, "one", "two", "two", "", "one");

        Lines(new LineHistory(file)).Should().Equal("one", "two", "one");
        File.ReadAllText(file).Should().Be("one\ntwo\none\n");
    }

    [Fact]
    public void TwoSessions_KeepTheLinesOfBoth()
    {
        LineHistory left = new(_folder["history"]);
        LineHistory right = new(_folder["history"]);
        left.Add("a");
        right.Add("b");

        Lines(left).Should().Equal("a");
        Lines(new LineHistory(_folder["history"])).Should().Equal("a", "b");
    }

    [Fact]
    public void ManyLines_AreCutToTheNewest()
    {
        _folder.Write("history", string.Concat(Enumerable.Range(0, 1500).Select(i => $"{i}\n")));

        LineHistory history = new(_folder["history"]);

        history.Count.Should().Be(1000);
        history[0].Should().Be("500");
        File.ReadAllLines(_folder["history"]).Should().HaveCount(1000);
    }

    [Fact]
    public void BrokenFile_GivesWhatCanBeRead()
    {
        File.WriteAllBytes(_folder["history"], [.. "one\n"u8, 0xff, 0xfe, .. "\n\n\x1b[31m\ntwo"u8]);

        Lines(new LineHistory(_folder["history"])).Should().Equal("one", "two");
    }

    [Fact]
    public void HugeFile_IsLookedAtFromItsEnd()
    {
        _folder.Write("history", new string('x', 3_000_000) + "\nlast\n");

        new LineHistory(_folder["history"])[^1].Should().Be("last");
        new FileInfo(_folder["history"]).Length.Should().BeLessThan(2_000_000);
    }

    /// <summary>A directory stands where the file should be, and a file where its directory should be.</summary>
    [Fact]
    public void FileThatCannotBe_IsNoError()
    {
        Directory.CreateDirectory(_folder["directory"]);
        _folder.Write("file", "");
        foreach (string file in new[] { _folder["directory"], Path.Combine(_folder["file"], "history"), "/proc/history" })
        {
            LineHistory history = new(file);
            history.Add("a");

            Lines(history).Should().Equal("a");
        }
    }

    private static void Enter(string file, params string[] lines)
    {
        LineHistory history = new(file);
        foreach (string line in lines)
        {
            history.Add(line);
        }
    }

    private static IEnumerable<string> Lines(LineHistory history) => Enumerable.Range(0, history.Count).Select(i => history[i]);
}
