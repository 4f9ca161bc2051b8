using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>Machines for traffic.</summary>
internal static class TrafficMachine
{
    /// <summary>Booted, with the steps of its file done.</summary>
    public static SimulatedMachine Of(string platform)
    {
        MachineSession session = Given.Booted(platform);
        StepRunner runner = new(session);
        foreach (StepOutcome step in session.Machine.Platform.Steps.Select(runner.Run))
        {
            step.IsAsExpected.Should().BeTrue();
        }

        return session.Machine;
    }

    public static SimulatedMachine OfFile(string path) => Of(File.ReadAllText(RepositoryRoot.File(path)));
}
