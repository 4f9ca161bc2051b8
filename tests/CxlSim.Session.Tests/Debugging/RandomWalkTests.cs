using CxlSim.Engine;
using CxlSim.Kernel.Tests;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Back after any step lands on exactly the state before: on machines by chance, after movements by chance.</summary>
public class RandomWalkTests
{
    private const int Machines = 8;
    private const int Movements = 6;

    private static readonly string[] Names = ["PciScan", "DriverProbe", "MemdevProbe", "RegionAssembly", "Running"];

    private static readonly string[] Writes =
    [
        "/sys/devices/system/memory/auto_online_blocks offline", "/sys/devices/system/memory/memory1/state offline", "/sys/bus/cxl/devices/decoder0.0/create_ram_region region0",
        "/sys/bus/cxl/devices/region0/interleave_ways 2", "/sys/bus/cxl/drivers/cxl_mem/unbind mem0", "/sys/nowhere 1",
    ];

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, Machines).Select(seed => new object[] { (ulong)seed });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Back_IsTheStateBefore(ulong seed)
    {
        SimRandom random = new(seed);
        string yaml = RandomMachine.Yaml(random) + "\nsteps:\n  - create-region: {decoder: decoder0.0}\n  - write: {path: /sys/bus/cxl/devices/region0/commit, value: 0}\n  - load: {hpa: 0x1000000000}\n";
        DebugSession session = new(PlatformReader.ReadText(yaml, "random.yaml").Platform!, seed);
        for (int i = 0; i < Movements; i++)
        {
            string movement = Move(session, random);
            (DebugPosition position, string dump, string hash) = (session.Position, MachineDump.Render(session.Machine), session.TraceHash);
            int count = 1 + (int)random.Next(3);
            int moved = Enumerable.Range(0, count).Count(_ => Moves(session));
            if (moved > 0)
            {
                session.Back(moved);
            }

            session.Position.Should().Be(position, $"seed {seed}, movement {i}: {movement}");
            MachineDump.Compare(dump, MachineDump.Render(session.Machine)).Should().BeEmpty($"seed {seed}, movement {i}: {movement}");
            MachineDump.Render(session.Machine).Should().Be(dump);
            session.TraceHash.Should().Be(hash);
        }
    }

    private static bool Moves(DebugSession session)
    {
        DebugPosition before = session.Position;
        session.Step();
        return session.Position != before;
    }

    private static string Move(DebugSession session, SimRandom random)
    {
        switch (random.Next(6))
        {
            case 0:
                int count = 1 + (int)random.Next(40);
                session.Step(count);
                return $"step {count}";
            case 1:
                session.NextPhase();
                return "phase";
            case 2:
                string name = Names[random.Next((ulong)Names.Length)];
                session.RunUntil(name);
                return $"run-until {name}";
            case 3:
                session.StepFile();
                return "step-file";
            case 4:
                session.BackPhase();
                return "back phase";
            default:
                string[] write = Writes[random.Next((ulong)Writes.Length)].Split(' ');
                session.Set(write[0], write[1], out _);
                return $"set {write[0]} {write[1]}";
        }
    }
}
