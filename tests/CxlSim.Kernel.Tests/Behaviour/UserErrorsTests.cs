using Xunit.Abstractions;

namespace CxlSim.Kernel.Tests;

/// <summary>What a real kernel answered to a long list of wrong, and some right, writes: the same list, in the same order, is tried here.</summary>
public sealed class UserErrorsTests(ITestOutputHelper output)
{
    /// <summary>Attempts that end differently here, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void EveryAttempt_EndsAsOnARealKernel()
    {
        UserErrors machine = new();
        List<string> differences = [];
        int agreeing = 0;
        foreach (string[] row in UserErrors.Rows)
        {
            string found = machine.Try(row);
            if (found == row[3])
            {
                agreeing += row[0] == "-" ? 0 : 1;
            }
            else if (!Exceptions.ContainsKey(row[0]))
            {
                differences.Add($"{row[0]} {row[1]} {row[2]}: recorded {row[3]}, found {found}");
            }
        }

        differences.ForEach(output.WriteLine);
        output.WriteLine($"{agreeing} attempts agree");
        differences.Should().BeEmpty();
        agreeing.Should().Be(203 - Exceptions.Count);
    }
}
