using System.Globalization;
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

    /// <summary>The page docs/CONFORMANCE.md.</summary>
    public static string Page(ConformanceReport boot, ConformanceReport created)
    {
        string head = """
            # Conformance

            How much of what a real Linux showed is shown here. The recordings are of Linux 6.12.107 under QEMU 10.0.13; the machine is
            described in `platforms/qemu-single.yaml`. Every recorded fact counts: an attribute, a link, a line of iomem with its parents, a
            field of a memory block, a leaf of a tool's JSON. Numbers that depend on probe order (memN, endpointN) stand for what they name.
            `iomem.txt` counts what lies below CXL windows, as the recordings' own comparison does; `iomem.txt (whole)` counts every line.

            Made by the tests: `CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Conformance.Tests`.


            """;
        return string.Create(CultureInfo.InvariantCulture, $"{head}{boot.ToMarkdown($"{Recording}, after the boot")}\n{created.ToMarkdown($"{Recording}, region created")}");
    }

    private static ConformanceReport Compare(MachineSession session, string state) =>
        CaptureComparer.Compare(Capture.FromDirectory(RepositoryRoot.Golden(Recording, state)), MachineCapture.Take(session.Kernel));

    private static MachineSession BootMachine()
    {
        PlatformReadResult read = PlatformReader.ReadFile(Path.Combine(RepositoryRoot.Find(), "platforms", "qemu-single.yaml"));
        read.Diagnostics.Should().BeEmpty();
        MachineSession session = new(new SimulatedMachine(read.Platform!));
        session.Boot().Should().BeTrue();
        return session;
    }
}
