using CxlSim.Platform;
using CxlSim.Platform.Writing;

namespace CxlSim.Session;

/// <summary>Records a case as a run of a platform file that has its machine and its steps.</summary>
public static class ScenarioRecording
{
    /// <param name="run">Has not begun yet.</param>
    /// <param name="scenario">What it runs.</param>
    /// <param name="writer">Takes the recording, and is closed at its end.</param>
    public static Recorder Attach(ScenarioRun run, ScenarioCase scenario, TextWriter writer)
    {
        PlatformDescription platform = scenario.Platform;
        PlatformReadResult read = new(platform, []) { Text = PlatformWriter.Write(platform), Files = PlatformWriter.TableFiles(platform) };
        return run.Session.Record(writer, new PlatformInput(platform.Name + ".yaml").Header(scenario.Seed), read);
    }
}
