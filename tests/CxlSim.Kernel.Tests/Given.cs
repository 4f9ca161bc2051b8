using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Machines described in a few lines of YAML, and questions that many tests ask of them.</summary>
internal static class Given
{
    public const string Devices = "/sys/bus/cxl/devices/";

    public static PlatformDescription Platform(string yaml)
    {
        PlatformReadResult read = PlatformReader.ReadText(yaml, "test.yaml");
        read.Diagnostics.Should().BeEmpty();
        return read.Platform!;
    }

    public static MachineSession Booted(string yaml) => Booted(yaml, out _);

    public static MachineSession Booted(string yaml, out LogSink log, ulong seed = 0)
    {
        MachineSession session = new(new SimulatedMachine(Platform(yaml), seed));
        log = new LogSink();
        session.Machine.Simulation.AddSink(log);
        session.Boot().Should().BeTrue();
        return session;
    }

    /// <summary>A machine whose platform file has steps, after the steps.</summary>
    public static MachineSession AfterSteps(string yaml)
    {
        MachineSession session = Booted(yaml);
        StepRunner runner = new(session);
        foreach (StepDescription step in session.Machine.Platform.Steps)
        {
            StepOutcome outcome = runner.Run(step);
            outcome.Error.Should().Be(step.Expect, "{0} {1}", outcome.Text, outcome.Result);
        }

        return session;
    }

    public static CxlMemdev Memdev(this MachineSession session, ulong serial) =>
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single(memdev => memdev.Serial == serial);

    /// <summary>The port of a host bridge, by its UID.</summary>
    public static CxlPort Bridge(this MachineSession session, int uid) =>
        session.Kernel.Cxl.Ports.Single(port => port.ParentDport is { } dport && dport.Port.IsRoot && dport.PortId == uid);

    public static CxlRegion Region(this MachineSession session, string name) => (CxlRegion)session.Kernel.Cxl.Bus.Find(name)!;

    /// <summary>The names that stand around an address in iomem, outermost first.</summary>
    public static string Around(this MachineSession session, Hpa address)
    {
        List<string> names = [];
        Resource at = session.Kernel.Iomem.Root;
        while (at.Children.FirstOrDefault(child => child.Range.Contains(address)) is { } inner)
        {
            names.Add(inner.Name);
            at = inner;
        }

        return string.Join(" > ", names);
    }

    public static string Text(this MachineSession session, string path) => session.Read(path).Text;

    /// <summary>modprobe.</summary>
    public static Errno Load(this MachineSession session, string module, string options = "") =>
        session.Do($"modprobe {module}", () => session.Kernel.Modules.LoadAsync(module, options));

    /// <summary>rmmod.</summary>
    public static Errno Unload(this MachineSession session, string module) =>
        session.Do($"rmmod {module}", () => session.Kernel.Modules.UnloadAsync(module));
}
