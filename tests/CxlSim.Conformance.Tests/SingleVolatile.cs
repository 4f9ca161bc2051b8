using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Conformance.Tests;

/// <summary>The recording 01-single-volatile and the machine that is described after it.</summary>
internal static class SingleVolatile
{
    private const string Recording = "01-single-volatile";

    /// <summary>The state after the boot.</summary>
    public static ConformanceReport Boot() => Compare(BootMachine(), "00-boot");

    /// <summary>The state after the platform file's first step, which makes the region that the recording makes.</summary>
    public static ConformanceReport Created()
    {
        MachineSession session = BootMachine();
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);
        return Compare(session, "01-created-default-policy");
    }

    private static ConformanceReport Compare(MachineSession session, string state) =>
        CaptureComparer.Compare(Capture.FromDirectory(RepositoryRoot.Golden(Recording, state)), MachineCapture.Take(session));

    private static MachineSession BootMachine()
    {
        PlatformReadResult read = PlatformReader.ReadFile(Path.Combine(RepositoryRoot.Find(), "platforms", "qemu-single.yaml"));
        read.Diagnostics.Should().BeEmpty();
        MachineSession session = new(new SimulatedMachine(read.Platform!));
        session.Boot().Should().BeTrue();
        return session;
    }
}
