using System.Security.Cryptography;
using System.Text;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>A case that is to run once.</summary>
/// <param name="Case">The case, with its seed.</param>
/// <param name="Name">Its name, with the number of the time where it runs several times.</param>
internal sealed record TestJob(ScenarioCase Case, string Name)
{
    private const int Longest = 100;

    /// <summary>Runs it. Where it fails, a second run leaves a recording: the same events, so the same failure.</summary>
    /// <param name="update">Whether snapshots become what is found.</param>
    /// <param name="folder">Takes recordings.</param>
    /// <param name="recording">Its path; null where none was left.</param>
    public ReportedCase Run(bool update, string folder, out string? recording)
    {
        ScenarioResult result = new ScenarioRun(Case).Execute(update ? WholeFile.Write : null);
        recording = result.Verdict == ScenarioVerdict.Passed ? null : Record(folder);
        return ReportedCase.Of(result, Name);
    }

    private string? Record(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, FileName());
            File.Delete(path); // a link that somebody has put there is not followed
            ScenarioRun run = new(Case);
            Recorder recorder = ScenarioRecording.Attach(run, Case, new StreamWriter(path));
            run.Execute();
            recorder.End();
            return path;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the recording of {Name} cannot be written: {error.Message}");
            return null;
        }
    }

    /// <summary>The case's name, as far as it is fit for one; the digits tell it from a case of the same name in another file.</summary>
    private string FileName()
    {
        string name = string.Concat(Name.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-'));
        return $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ReportedFailure.PathOf(Case.File)}\n{Name}")).AsSpan(0, 4))}.jsonl";
    }
}
