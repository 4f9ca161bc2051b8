namespace CxlSim.Architecture.Tests;

/// <summary>The mutants that a search has to find: a patch whose place has changed would be noticed only when all are tried.</summary>
public class MutantTests
{
    public static TheoryData<string> Mutants => [.. Directory.EnumerateFiles(RepositoryRoot.File("tests/mutants"), "*.patch").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Mutants))]
    public void EveryPart_IsFoundWhereThePatchSays(string mutant)
    {
        string text = string.Empty;
        foreach (string part in Parts(File.ReadAllLines(RepositoryRoot.File($"tests/mutants/{mutant}"))))
        {
            text = part.StartsWith("--- a/", StringComparison.Ordinal) ? File.ReadAllText(RepositoryRoot.File(part["--- a/".Length..])) : text;
            if (!part.StartsWith("--- a/", StringComparison.Ordinal))
            {
                text.Should().Contain(part);
            }
        }
    }

    /// <summary>The names of files, and the lines that each part of the patch expects there.</summary>
    private static IEnumerable<string> Parts(string[] lines)
    {
        List<string> expected = [];
        foreach (string line in lines.Append("@@"))
        {
            bool isName = line.StartsWith("--- a/", StringComparison.Ordinal);
            if (isName || line.StartsWith("@@", StringComparison.Ordinal))
            {
                if (expected.Count > 0)
                {
                    yield return string.Concat(expected.Select(wanted => wanted + "\n"));
                }

                expected.Clear();
            }

            if (isName)
            {
                yield return line;
            }
            else if (line is [' ' or '-', ..])
            {
                expected.Add(line[1..]);
            }
        }
    }
}
