namespace CxlSim.Kernel.Tests;

/// <summary>The line of the high precision event timer in iomem, after the table HPET (recording 01-single-volatile: <c>fed00000-fed003ff : HPET 0</c>, log line <c>ACPI: HPET id: 0x8086a201 base: 0xfed00000</c>).</summary>
public sealed class EventTimerTests
{
    [Theory]
    [InlineData("{}", "fed00000-fed003ff HPET 0")]
    [InlineData("{base_address: {address: 0xfed01000}, hpet_number: 7}", "fed01000-fed013ff HPET 7")]
    [InlineData("{base_address: {address: 0}}", null)]
    [InlineData("{base_address: {space_id: 1}}", null)]
    [InlineData("{base_address: {address: 0xfed0000000000000}}", null)]
    [InlineData("{base_address: {address: 0xfed0000000000000}}", "fed00000-fed003ff HPET 0", "hpet=verbose,force")]
    [InlineData("{base_address: {address: 0xffffffffffffff00}}", null)]
    [InlineData("{length: 52}", null)]
    public void Table_HasItsLine(string table, string? line, string commandLine = "") =>
        Lines(Boot(table, commandLine)).Should().Equal(line is null ? [] : [line]);

    [Fact]
    public void Log_HasTheRecordedLine() =>
        Boot("{}", "").Log.Lines.Should().Contain(line => line.Text == "ACPI: HPET id: 0x8086a201 base: 0xfed00000" && line.Level == LogLevel.Info);

    [Theory]
    [InlineData("{base_address: {address: 0}}")]
    [InlineData("{base_address: {space_id: 1}}")]
    [InlineData("{base_address: {address: 0xfed0000000000000}}")]
    public void SenselessTable_IsWarnedOf(string table) =>
        Boot(table, "").Log.Lines.Should().ContainSingle(line => line.Text.Contains("HPET", StringComparison.Ordinal) && line.Level == LogLevel.Warning);

    private static IEnumerable<string> Lines(LinuxKernel kernel) =>
        kernel.Iomem.Root.Children.Where(child => child.Name.StartsWith("HPET", StringComparison.Ordinal)).Select(child => $"{child.Range.Start.Value:x}-{child.Range.Last.Value:x} {child.Name}");

    private static LinuxKernel Boot(string table, string commandLine)
    {
        HostileBoot boot = new(Given.Platform($"memory: {{dram: 1GiB}}\nfirmware: {{tables: {{HPET: {table}}}}}\nhost_bridges: [{{uid: 12, bus: 0x0c}}]\n"));
        boot.Handoff = boot.Handoff with { CommandLine = commandLine };
        boot.Boot().Should().BeNull();
        return boot.Kernel!;
    }
}
