using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>Booted machines and steps, in few words.</summary>
internal static class Given
{
    /// <summary>One card of 1 GiB in a window of 4 GiB; the operating system makes the region. Blocks of 128 MiB: the window begins with memory512.</summary>
    public const string OneCard = """
        name: one-card
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    public static MachineSession Booted(string platform = OneCard)
    {
        MachineSession session = new(new SimulatedMachine(Described(platform)));
        session.Boot().Should().BeTrue();
        return session;
    }

    /// <summary>With a region over the whole card, online.</summary>
    public static MachineSession WithRegion()
    {
        MachineSession session = Booted();
        session.Do("create-region: {decoder: decoder0.0}").IsAsExpected.Should().BeTrue();
        return session;
    }

    /// <summary>Runs a step as a platform file writes it.</summary>
    public static StepOutcome Do(this MachineSession session, string step) =>
        new StepRunner(session).Run(Described($"{OneCard}\nsteps:\n  - {step}").Steps[0]);

    /// <summary>Does steps that must all succeed.</summary>
    public static MachineSession After(this MachineSession session, params string[] steps)
    {
        foreach (string step in steps)
        {
            StepOutcome outcome = session.Do(step);
            outcome.IsAsExpected.Should().BeTrue(outcome.ToString());
        }

        return session;
    }

    public static RunReport Report(this MachineSession session) => RunReportBuilder.Build(session.Machine, [], []);

    public static PlatformDescription Described(string text)
    {
        PlatformReadResult result = PlatformReader.ReadText(text, "p.yaml");
        result.Diagnostics.Should().BeEmpty();
        return result.Platform!;
    }
}
