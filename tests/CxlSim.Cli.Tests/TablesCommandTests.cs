using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim tables</c>, with ACPICA's own programs as its users.</summary>
public class TablesCommandTests
{
    public static TheoryData<string> Platforms => [.. Directory.EnumerateFiles(RepositoryRoot.File("platforms"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Platforms))]
    public void ExportedTables_AreReadByAcpica(string platform)
    {
        using ScratchFolder folder = new();
        RealProgram.Run("tables", "export", RealProgram.Platform(platform), "-o", folder["dump"]).Should().Be(new ProgramResult(0, string.Empty, string.Empty));

        // The extractor gets from the text what the binary files hold.
        ProgramResult extracted = RealProgram.Shell(
            "set -e; mkdir \"$1/again\"; cd \"$1/again\"; acpixtract -a ../acpidump.txt > /dev/null; for t in *.dat; do cmp \"$t\" \"../$t\"; done; ls | wc -l; ls .. | grep -c 'dat$'", folder["dump"]);
        extracted.Error.Should().BeEmpty();
        extracted.Output.Split('\n')[0].Should().Be(extracted.Output.Split('\n')[1], "no table is lost");

        // iasl knows no root pointer.
        ProgramResult disassembled = RealProgram.Shell("cd \"$1\"; rm rsdp.dat; for t in *.dat; do iasl -d $t 2>&1 || echo \"error: $t\"; done", folder["dump"]);
        disassembled.Output.Split('\n').Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("warn", StringComparison.OrdinalIgnoreCase) || line.Contains("checksum", StringComparison.OrdinalIgnoreCase))
            .Should().BeEmpty();
    }

    // The one window of the documented machine: 0xc050000000, 128 GiB, bridge 5 (fact: docs, single-device).
    [Fact]
    public void Show_PrintsFieldsWithOffsetsAndMeanings()
    {
        ProgramResult shown = RealProgram.Run("tables", "show", RealProgram.Platform("single-device"), "cedt");

        shown.ExitCode.Should().Be(0, shown.Error);
        shown.Output.Should().StartWith("CEDT, 204 bytes\n  Header at 0x0, 36 bytes\n    0000   4  Signature                          CEDT\n");
        shown.Output.Should().Contain("  CXL Fixed Memory Window (CFMWS) at 0xa4, 40 bytes\n");
        shown.Output.Should().MatchRegex(@"\n    00ac   8  Base HPA                           0x000000c050000000 +<- stated: base, .*single-device\.yaml:21:12\n");
        shown.Output.Should().MatchRegex(@"\n    00b4   8  Window Size                        0x0000002000000000   128 GiB +<- derived: the capacity below the targets\n");
        shown.Output.Should().MatchRegex(@"\n    00c8   4  Target\[0\]                          0x00000005           5 +<- stated: targets, .*single-device\.yaml:21:36\n");
        shown.Output.Should().MatchRegex(@"\n    00a4   1  Type                               0x01\n", "the format fixes it");
    }

    [Fact]
    public void Show_SaysInJsonTooWhatIsStated()
    {
        ProgramResult shown = RealProgram.Run("tables", "show", RealProgram.Platform("single-device"), "CEDT", "--format", "json");

        JsonElement[] fields = [.. JsonDocument.Parse(shown.Output).RootElement[0].GetProperty("structures").EnumerateArray().Last().GetProperty("fields").EnumerateArray()];
        JsonElement start = fields.Single(field => field.GetProperty("name").GetString() == "Base HPA").GetProperty("source");
        (start.GetProperty("stated").GetBoolean(), start.GetProperty("key").GetString(), start.GetProperty("line").GetInt32(), start.GetProperty("column").GetInt32()).Should().Be((true, "base", 21, 12));
        JsonElement size = fields.Single(field => field.GetProperty("name").GetString() == "Window Size").GetProperty("source");
        (size.GetProperty("stated").GetBoolean(), size.GetProperty("from").GetString()).Should().Be((false, "the capacity below the targets"));
        fields.Single(field => field.GetProperty("name").GetString() == "Type").TryGetProperty("source", out _).Should().BeFalse();
    }

    // The recording 01-single-volatile: attribute CDAT, 160 bytes; first entry of the EFI map 0x0-0x9ffff.
    [Fact]
    public void Show_PrintsWhatDevicesSayAndTheMemoryMap()
    {
        ProgramResult shown = RealProgram.Run("tables", "show", RealProgram.Platform("qemu-single"), "CDAT", "EFI");

        shown.ExitCode.Should().Be(0, shown.Error);
        shown.Output.Should().StartWith("CDAT of mem-uid12-00.0, 160 bytes\n").And.NotContain("  ! ");
        shown.Output.Should().MatchRegex(@"\n    0020   8  DPA Length                         0x0000000040000000   1 GiB +<- derived: capacities");
        shown.Output.Should().MatchRegex(@"\n    0010   1  Type                               0x00\n", "the format fixes it");
        shown.Output.Should().Contain("EFI, 880 bytes\n").And.MatchRegex(@"0018   8  Number of Pages +0x00000000000000a0   160 +<- stated: range, ");
    }

    [Fact]
    public void Show_ReadsDumpsAsWell_BinaryAndText()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("tables", "export", RealProgram.Platform("qemu-single"), "-o", folder["dump"]);
        string fromPlatform = Regex.Replace(RealProgram.Run("tables", "show", RealProgram.Platform("qemu-single"), "SRAT").Output, " *<- .*", string.Empty);

        RealProgram.Run("tables", "show", Path.Combine(folder["dump"], "srat.dat")).Output.Should().Be(fromPlatform);
        RealProgram.Run("tables", "show", Path.Combine(folder["dump"], "acpidump.txt"), "SRAT").Output.Should().Be(fromPlatform);
    }

    [Fact]
    public void WhatIsNoTable_IsRefused()
    {
        using ScratchFolder folder = new();

        RealProgram.Run("tables", "show", folder.Write("notes.txt", "nothing here")).ShouldBeRefused($"cxlsim: there is no table in {folder["notes.txt"]}");
        RealProgram.Run("tables", "show", folder["missing"]).ShouldBeRefused($"cxlsim: Could not find file '{folder["missing"]}'.");
        RealProgram.Run("tables", "show", RealProgram.Platform("qemu-single"), "HMAT").ShouldBeRefused("cxlsim: there is no HMAT");
    }
}
