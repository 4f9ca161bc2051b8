using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>The machine of 01-single-volatile, with as many pages in its allocator as the recorded one had, and its files of /proc.</summary>
internal static class RecordedMemory
{
    /// <summary>Booted; what the recorded kernel and its programs held is present here too, but the allocator does not have it.</summary>
    public static MachineSession Booted()
    {
        PlatformDescription platform = PlatformReader.ReadFile(RepositoryRoot.File("platforms/qemu-single.yaml")).Platform!;
        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot().Should().BeTrue();
        Keep(session, ZoneType.Dma, 3592);
        Keep(session, ZoneType.Dma32, 474334);
        return session;
    }

    /// <summary>With the region of the recording 01-created-default-policy.</summary>
    public static MachineSession Created()
    {
        MachineSession session = Booted();
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).IsAsExpected.Should().BeTrue();
        return session;
    }

    /// <summary>A file of the recording, to be compared where both have a fact.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(RepositoryRoot.File("tests/golden/01-single-volatile/01-created-default-policy/" + file));

    private static void Keep(MachineSession session, ZoneType type, ulong managed)
    {
        Zone zone = session.Kernel.Numa.Node(0).Zone(type);
        zone.Free.Take(order: 0, zone.ManagedPages - managed, PageRange.All);
        zone.RemovePages(new PageRange(zone.StartPfn + 1, 0), zone.ManagedPages - managed);
    }
}
