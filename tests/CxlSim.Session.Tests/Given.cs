using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

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

    /// <summary>Two cards of 1 GiB below two host bridges, interleaved by 256 bytes.</summary>
    public const string TwoCards = """
        name: two-cards
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: left, volatile: 1GiB}}]}
          - {uid: 6, bus: 0x20, root_ports: [{at: 01.0, port: 0, type3: {id: right, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, granularity: 256, targets: [5, 6]}]
        """;

    public static MachineSession Booted(string platform = OneCard) => Booted(Described(platform));

    public static MachineSession Booted(PlatformDescription platform)
    {
        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot().Should().BeTrue();
        return session;
    }

    /// <summary>The same with decoders in every bridge: a second kernel finds only such a region again.</summary>
    public static string WithDecoders(string platform) => platform.Replace("root_ports:", "hdm_decoders: 4, root_ports:", StringComparison.Ordinal);

    /// <summary>With a region over the whole card, online.</summary>
    public static MachineSession WithRegion(string platform = OneCard)
    {
        MachineSession session = Booted(platform);
        session.Do("create-region: {decoder: decoder0.0}").IsAsExpected.Should().BeTrue();
        return session;
    }

    /// <summary>Runs a step as a platform file writes it.</summary>
    public static StepOutcome Do(this MachineSession session, string step) =>
        new StepRunner(session).Run(Described($"{OneCard}\nsteps:\n  - {step}").Steps[0]);

    /// <summary>Runs steps one after the other; each must go well.</summary>
    public static void Do(this MachineSession session, IEnumerable<string> steps)
    {
        foreach (string step in steps)
        {
            session.Do(step).Error.Should().Be(Core.Errno.Ok, step);
        }
    }

    public static PlatformDescription Described(string text)
    {
        PlatformReadResult result = PlatformReader.ReadText(text, "p.yaml");
        result.Diagnostics.Should().BeEmpty();
        return result.Platform!;
    }
}
