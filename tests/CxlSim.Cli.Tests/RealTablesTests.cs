namespace CxlSim.Cli.Tests;

/// <summary>Tables that a real firmware wrote, in place of derived ones: those of the recorded machine 01-single-volatile.</summary>
public class RealTablesTests
{
    [Fact]
    public void RecordedTables_BootTheRecordedMachine()
    {
        using ScratchFolder folder = new();
        string golden = RepositoryRoot.File("tests/golden/01-single-volatile/fw/tables");
        string tables = string.Join(", ", new[] { "APIC", "CEDT", "DSDT", "MCFG", "SRAT", "HPET", "WAET" }.Select(name => $"{name}: {golden}/{name}"));
        string file = folder.Write("p.yaml", File.ReadAllText(RealProgram.Platform("qemu-single")).Replace("{tables: {HPET: {}}}", $"{{tables: {{{tables}}}}}", StringComparison.Ordinal));

        ProgramResult result = RealProgram.Run("run", file, "--log-level", "error");
        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().MatchRegex(@"mem0 0000:0d:00\.0 +512 MiB +decoder2\.0 +region0 0x490000000 512 MiB x1 +dax0\.0 kmem +4 \(146-149\) +1 +Normal +online");

        RealProgram.Run("tables", "export", file, "-o", folder["dump"]).ExitCode.Should().Be(0);
        foreach (string name in new[] { "CEDT", "DSDT", "HPET" })
        {
            File.ReadAllBytes(Path.Combine(folder["dump"], name.ToLowerInvariant() + ".dat")).Should().Equal(File.ReadAllBytes(Path.Combine(golden, name)));
        }

        RealProgram.Run("tables", "show", file, "CEDT").Output.Should().MatchRegex(@"Base HPA +0x0000000490000000 +<- stated: CEDT, .*p\.yaml:\d+:\d+\n");
    }
}
