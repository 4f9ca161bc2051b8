using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>Reports on machines that were listened to from power-on.</summary>
internal static class GivenReport
{
    /// <summary>Boots a platform and does steps as a platform file writes them.</summary>
    public static MachineReport Of(string platform, params string[] steps) => Of(platform, out _, steps);

    /// <summary>The same, and the machine with it.</summary>
    public static MachineReport Of(string platform, out MachineSession session, params string[] steps)
    {
        session = new MachineSession(new SimulatedMachine(Given.Described(steps.Length == 0 ? platform : $"{platform}\nsteps:\n{string.Concat(steps.Select(step => $"  - {step}\n"))}")));
        TimelineRecorder timeline = new();
        session.Machine.Simulation.AddSink(timeline);
        session.Boot().Should().BeTrue();
        StepRunner runner = new(session);
        List<StepOutcome> outcomes = [.. session.Machine.Platform.Steps.Select(runner.Run)];
        return MachineReportBuilder.Build(session.Machine, Explanation.Of(session, outcomes), timeline);
    }
}
