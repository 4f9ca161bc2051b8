using System.Globalization;

namespace CxlSim.Cli.Tests;

/// <summary>All recordings, run once for all tests of the class.</summary>
public sealed class RecordingsRun
{
    private readonly Lazy<ProgramResult> _result = new(() => RealProgram.Shell($"CXLSIM='{RealProgram.Executable}' {RepositoryRoot.File("tests/scripts/conformance")}"));

    /// <summary>What went wrong on the way.</summary>
    public string Messages => _result.Value.Error;

    /// <summary>Agreeing facts by recording.</summary>
    public IReadOnlyDictionary<string, int> Agreeing() => _result.Value.Error.Split('\n').Select(line => line.Split('\t')).Where(row => row.Length == 3)
        .ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));
}
