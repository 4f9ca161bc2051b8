using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Conformance.Tests;

/// <summary>Machines unlike the recorded ones: what we export of them is a capture too, and the machine that is made of it boots to the same objects.</summary>
public sealed class ReimportTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cxlsim-").FullName;

    public static TheoryData<string> Platforms => ["single-device", "multi-interleave", "xor-4way", "qemu-single"];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [MemberData(nameof(Platforms))]
    public void ExportedMachine_ComesBack(string platform)
    {
        PlatformDescription described = PlatformReader.ReadFile(RepositoryRoot.File($"platforms/{platform}.yaml")).Platform!;
        MachineSession session = new(new SimulatedMachine(described));
        session.Boot();
        Capture before = MachineCapture.Take(session.Kernel);
        string capture = Path.Combine(_directory, "capture");
        new TreeExport(session).Write(capture);
        Directory.CreateDirectory(Path.Combine(capture, "tables"));
        foreach (FirmwareTable table in session.Machine.FirmwareTables)
        {
            File.WriteAllBytes(Path.Combine(capture, "tables", table.Signature.Trim().Replace(' ', '-') + ".dat"), table.Bytes.ToArray());
        }

        ImportResult result = CaptureImporter.Import(CapturedMachine.Read([capture]), platform);

        result.Platform.Should().NotBeNull(string.Join('\n', result.Findings));
        Capture after = ImportedMachine.Boot(result.Text);
        ConformanceReport report = CaptureComparer.Compare(before, after);
        report.Total.AllAgree.Should().BeTrue(report.ToText());
        report.Unrecorded.Should().BeEmpty();
    }
}
