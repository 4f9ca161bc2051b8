using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel.Tests;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Back after any step lands on exactly the state before: on machines by chance, after movements by chance, from power-on or from replicas that got as far as they got.</summary>
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
        PlatformDescription platform = PlatformReader.ReadText(yaml, "random.yaml").Platform!;
        Walk(new DebugSession(platform, seed) { ReplicasFrom = 2 }, new DebugSession(platform, seed), random, seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Back_IsTheStateBefore_InARecording(ulong seed)
    {
        Recording recording = RecordedWalk.Of(seed);
        Walk(new DebugSession(recording) { ReplicasFrom = 2 }, new DebugSession(recording), new SimRandom(seed), seed);
    }

    /// <summary>The twin knows no replicas: breakpoints, counts and hits are the same whichever way.</summary>
    private static void Walk(DebugSession session, DebugSession twin, SimRandom random, ulong seed)
    {
        foreach (string place in (string[])["created if count > 5", "written", "refused", "hpa 0x1000000000 r"])
        {
            session.Break(place, out _).Should().NotBeNull();
            twin.Break(place, out _).Should().NotBeNull();
        }

        for (int i = 0; i < Movements; i++)
        {
            string movement = Move([session, twin], random);
            Seen(session).Should().Be(Seen(twin), $"seed {seed}, movement {i}: {movement}");
            Prepare(session, (int)random.Next(4) * 3);
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
            twin.Back(0);
            Seen(session).Should().Be(Seen(twin), $"seed {seed}, movement {i}: {movement}, and back");
        }

        session.Dispose();
        twin.Dispose();
    }

    private static void Prepare(DebugSession session, int times)
    {
        while (times-- > 0 && session.Prepare())
        {
        }
    }

    /// <summary>What a user sees of a stop.</summary>
    private static string Seen(DebugSession session)
    {
        string hits = string.Join(", ", session.Hits.Select(hit => $"{hit.Breakpoint.Number} {hit.What} {hit.Count} {string.Join('<', hit.Frames)}"));
        string counts = string.Join(", ", session.Breakpoints.Select(session.CountOf));
        return $"{session.Position} acts {session.Position.Acts}, hits [{hits}], counts [{counts}], steps {session.Steps.Count}, points {session.Records.Count}, difference {session.Difference}";
    }

    private static bool Moves(DebugSession session)
    {
        DebugPosition before = session.Position;
        session.Step();
        return session.Position != before;
    }

    private static string Move(DebugSession[] sessions, SimRandom random)
    {
        (string name, Action<DebugSession> move) = Draw(random);
        Array.ForEach(sessions, move);
        return name;
    }

    private static (string Name, Action<DebugSession> Move) Draw(SimRandom random)
    {
        ulong choice = random.Next((ulong)Names.Length * (ulong)Writes.Length);
        int count = 1 + (int)random.Next(40);
        string name = Names[choice % (ulong)Names.Length];
        string[] write = Writes[choice % (ulong)Writes.Length].Split(' ');
        return random.Next(10) switch
        {
            0 => ($"step {count}", session => session.Step(count)),
            1 => ("phase", session => session.NextPhase()),
            2 => ($"run-until {name}", session => session.RunUntil(name)),
            3 => ("step-file", session => session.StepFile()),
            4 => ("back phase", session => session.BackPhase()),
            5 => ($"back {count}", session => session.Back(count)),
            6 => ("reverse-continue", session => session.ReverseContinue()),
            7 => ("continue", session => session.Continue()),
            8 => SetRegister(random.Next(ulong.MaxValue), random.Next(ulong.MaxValue), random.Next(ulong.MaxValue)),
            _ => ($"set {write[0]} {write[1]}", session => session.Set(write[0], write[1], out _)),
        };
    }

    /// <summary>Any register of any unit that the machine has then.</summary>
    private static (string Name, Action<DebugSession> Move) SetRegister(ulong which, ulong where, ulong value) => ($"set register {which} {where} 0x{value:x}", session =>
    {
        RegisterUnit unit = session.Machine.RegisterUnits[(int)(which % (ulong)session.Machine.RegisterUnits.Count)];
        Register[] registers = [.. unit.Registers];
        Register register = registers[where % (ulong)registers.Length];
        session.Set(unit, register, Bits.Get(value, (8 * register.Width) - 1, 0), out _);
    });
}
