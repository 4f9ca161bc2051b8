namespace CxlSim.Cli.Tests;

/// <summary>How a run of the program ended, and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>A user never sees where in our code something happened.</summary>
    public void ShouldBeRefused(params string[] errorLines)
    {
        ExitCode.Should().Be(2, Error);
        Output.Should().BeEmpty();
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(errorLines);
    }
}
