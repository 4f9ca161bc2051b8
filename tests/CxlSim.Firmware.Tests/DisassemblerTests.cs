using System.ComponentModel;
using System.Diagnostics;

namespace CxlSim.Firmware.Tests;

/// <summary>ACPICA's disassembler reads every table without a complaint, and compiles what it has read.</summary>
public class DisassemblerTests
{
    // Releases before 2021 know the CEDT's header only, and no generic port of an SRAT, and say so.
    private static readonly string[] UnknownToOldReleases = ["ACPI table signature [CEDT]", "Subtable Type : 06 [Unknown", "Unknown SRAT subtable type 0x6"];

    private static readonly string[] Complaints = ["error", "warning", "remark", "invalid", "unknown", "incorrect", "could not"];

    private static bool OutsideToolsAreOff => Environment.GetEnvironmentVariable("CXLSIM_NO_OUTSIDE_TOOLS") is not null;

    [Theory]
    [MemberData(nameof(TableTests.Platforms), MemberType = typeof(TableTests))]
    public void Tables_DisassembleWithoutAComplaint(string platform)
    {
        if (OutsideToolsAreOff)
        {
            return;
        }

        Board board = Board.OfPlatform(platform);
        Tables tables = board.Tables;
        int bridges = board.Platform.HostBridges.Count;
        string folder = Directory.CreateTempSubdirectory("cxlsim-acpi-").FullName;
        try
        {
            foreach (string name in tables.All.Keys)
            {
                File.WriteAllBytes(Path.Combine(folder, name + ".aml"), tables[name]);
                string said = Iasl(folder, "-d", name + ".aml");
                string source = File.ReadAllText(Path.Combine(folder, name + ".dsl"));
                ComplaintsIn(said + source).Should().BeEmpty("iasl says of {0}: {1}", name, said);
            }

            // Resources that are not well formed are shown as bytes, without a complaint.
            string dsdt = File.ReadAllText(Path.Combine(folder, "DSDT.dsl"));
            Occurrences(dsdt, "ResourceTemplate ()").Should().Be(bridges);
            Occurrences(dsdt, "WordBusNumber (").Should().Be(bridges);
            Iasl(folder, "DSDT.dsl").Should().Contain("0 Errors, 0 Warnings, 0 Remarks");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;

    private static IEnumerable<string> ComplaintsIn(string text) =>
        text.Split('\n').Where(line => !UnknownToOldReleases.Any(known => line.Contains(known, StringComparison.Ordinal))).Where(line => Complaints.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static string Iasl(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("iasl", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.Should().Be(0, "iasl says: {0}", said);
            return said;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("iasl is not installed: install acpica-tools, or set CXLSIM_NO_OUTSIDE_TOOLS to go without outside tools");
        }
    }
}
