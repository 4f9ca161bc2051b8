using CxlSim.Machine;
using Xunit.Abstractions;

namespace CxlSim.Conformance.Tests;

/// <summary>Each recorded machine is imported from its capture and boots to what the real one showed.</summary>
public sealed class ImportedMachineTests(ITestOutputHelper output)
{
    /// <summary>What the model does not show of the machines that were described by hand either: docs/differences.</summary>
    private static readonly string[] NotModelled = ["mem<0xabc0>/ram/qos_class = 0", "/node/node1/meminfo/MemTotal: recorded '884696'"];

    /// <summary>Fragments of RAM that a kernel loaded by kexec shows: its boot parameters cut a page in three.</summary>
    private static readonly string[] KexecFragments = ["7feb8000-7feebfff System RAM", "7feb8000-7fee628f System RAM", "7fee6290-7fee630f System RAM", "7fee6310-7feebfff System RAM"];

    public static TheoryData<string> Recordings => [.. ImportedMachine.Recordings];

    [Fact]
    public void Recordings_AreAllThatHaveACapture() => ImportedMachine.Recordings.Should().HaveCount(21).And.NotContain(name => name.StartsWith("16-", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Import_BootsToWhatTheRealMachineShowed(string recording)
    {
        ImportAgreement agreement = ImportedMachine.Agreement(recording);

        FactDifference[] differences = [.. agreement.Answers.SelectMany(answer => answer.Differences)];
        output.WriteLine(string.Join('\n', differences.Select(difference => difference.ToString())));
        agreement.Total.Recorded.Should().BePositive();
        differences.Select(difference => difference.ToString()).Where(difference => !NotModelled.Concat(KexecFragments).Any(name => difference.Contains(name, StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Import_SaysOnlyWhatNoCaptureTells(string recording) =>
        ImportedMachine.Import(recording).Findings.Select(finding => $"{finding.Id} {finding.Message}").Where(finding => !IsExpected(recording, finding)).Should().BeEmpty();

    /// <summary>What the kernel reads of proximity, distances, processors and windows is what the real one read, to the byte.</summary>
    [Theory]
    [MemberData(nameof(Recordings))]
    public void Import_BringsTablesBackByteForByte(string recording)
    {
        SimulatedMachine machine = new(ImportedMachine.Import(recording).Platform!);
        machine.RunBoot();

        foreach (string path in ImportedMachine.Tables(recording).Where(path => Path.GetFileName(path) is "APIC" or "CEDT" or "HMAT" or "SLIT" or "SRAT"))
        {
            machine.FirmwareTables.Single(table => table.Signature == Path.GetFileName(path)).Bytes.ToArray().Should().Equal(File.ReadAllBytes(path), path);
        }
    }

    /// <summary>The variants of 09 were captured without a listing of devices; 14 with regions of an earlier kernel.</summary>
    private static bool IsExpected(string recording, string finding) =>
        finding.StartsWith("CXI0006 ", StringComparison.Ordinal) && (finding.Contains("CDAT") || finding.Contains("how long hardware"))
        || (recording.StartsWith("09-", StringComparison.Ordinal) && finding.Contains("is persistent is not in the capture"))
        || (recording.StartsWith("14-", StringComparison.Ordinal) && finding.EndsWith("that was there is created by a step", StringComparison.Ordinal));
}
