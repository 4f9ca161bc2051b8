using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Platform.Writing;

namespace CxlSim.Kernel.Tests;

/// <summary>Which tables Linux finds where RSDP, XSDT and FADT are not what they should be (<c>acpi_tb_parse_root_table</c>, <c>acpi_tb_select_address</c>).</summary>
public sealed class RootTablesTests
{
    private const string Bridge = "\nmemory: {dram: 1GiB}\nhost_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000}]\n";

    [Theory]
    [InlineData("RSDP: {checksum: 1, extended_checksum: 1}")]
    [InlineData("RSDP: {length: 20}")]
    [InlineData("RSDP: {revision: 99}")]
    [InlineData("XSDT: {checksum: 1}")]
    [InlineData("XSDT: {entries: [\"0\", MCFG, CEDT, SLIT, 0xffffffffffff0000, FACP, APIC, SRAT]}")]
    [InlineData("FACP: {dsdt: 0}")]
    public void WhatDoesNotMatter_CostsNothing(string table) =>
        Boot(table).Tables.All.Select(table => table.Signature).Should().BeEquivalentTo("FACP", "APIC", "SRAT", "MCFG", "CEDT", "DSDT");

    [Theory]
    [InlineData("RSDP: {revision: 1}", "ACPI: no RSDT")]
    [InlineData("RSDP: {revision: 0, rsdt_address: 0xfffff000}", "ACPI: no RSDT")]
    [InlineData("RSDP: {xsdt_address: 0}", "ACPI: no RSDT")]
    [InlineData("RSDP: {xsdt_address: 0xfffffffff000}", "ACPI: no XSDT")]
    public void WithoutADirectory_ThereAreNoTables(string table, string line)
    {
        LinuxKernel kernel = Boot(table);

        kernel.Tables.All.Should().BeEmpty();
        kernel.Log.Lines.Should().Contain(entry => entry.Text == line);
    }

    [Fact]
    public void TableThatNoEntryLeadsTo_IsNotThere() => Boot("XSDT: {entries: [FACP, APIC]}").Tables.All.Select(table => table.Signature).Should().BeEquivalentTo("FACP", "APIC", "DSDT");

    /// <summary>Of two addresses the wide one counts, right or wrong.</summary>
    [Theory]
    [InlineData("FACP: {x_dsdt: 0}", true, false)]
    [InlineData("FACP: {dsdt: 0x1000}", true, true)]
    [InlineData("FACP: {x_dsdt: 0xfffffffff000}", false, true)]
    [InlineData("FACP: {dsdt: 0, x_dsdt: 0}", false, false)]
    public void Dsdt_IsWhereTheWideAddressSays(string table, bool isThere, bool isWarned)
    {
        LinuxKernel kernel = Boot(table);

        kernel.Tables.All.Any(table => table.Signature == "DSDT").Should().Be(isThere);
        kernel.Log.Lines.Any(line => line.Text.Contains("the wide address counts", StringComparison.Ordinal)).Should().Be(isWarned);
    }

    /// <summary>An RSDT of 32-bit addresses, which no board of ours writes: it stands in the place of the SLIT.</summary>
    [Fact]
    public void BeforeAcpi2_TheRsdtCounts()
    {
        HostileBoot boot = new(Given.Platform("firmware: {tables: {RSDP: {revision: 1}}}" + Bridge + "\n"));
        TableList tables = new(boot.Hardware, boot.Handoff.Rsdp);
        uint facp = (uint)tables.Find("FACP").Value;
        Hpa rsdt = new(0x10_0000);
        boot.Hardware.Store(rsdt, [.. "RSDT"u8, 40, 0, 0, 0, 1, .. new byte[27], .. BitConverter.GetBytes(facp)]).Should().Be(BusResult.Done);
        boot.Hardware.Store(boot.Handoff.Rsdp + new ByteSize(16), BitConverter.GetBytes((uint)rsdt.Value)).Should().Be(BusResult.Done);

        boot.Boot().Should().BeNull();

        boot.Kernel!.Tables.All.Select(table => table.Signature).Should().BeEquivalentTo("FACP", "DSDT");
    }

    /// <summary>Every SSDT goes on with the namespace of the DSDT, and each has a file; so it is after the machine was written and read again.</summary>
    [Fact]
    public void TablesOfTheNamespace_AreAllRead()
    {
        byte[] header = [.. "SSDT"u8, 36, 0, 0, 0, .. CompiledNamespace.Ssdt[8..36]];
        Dictionary<string, ReadOnlyMemory<byte>> files = new() { ["d.bin"] = CompiledNamespace.Dsdt, ["s.bin"] = CompiledNamespace.Ssdt, ["empty.bin"] = header };
        PlatformDescription platform = PlatformReader.ReadText("firmware: {tables: {DSDT: d.bin, SSDT: [empty.bin, s.bin]}}" + Bridge, "p.yaml", files).Platform!;
        HostileBoot boot = new(PlatformReader.ReadText(PlatformWriter.Write(platform), "p.yaml", PlatformWriter.TableFiles(platform)).Platform!);

        boot.Boot().Should().BeNull();

        boot.Kernel!.AcpiBus.Devices.Select(device => device.Name).Should().BeEquivalentTo("PNP0C0F:00", "PNP0A08:00", "ACPI0016:00", "ACPI0017:00");
        boot.Kernel.Sysfs.Read("/sys/firmware/acpi/tables/SSDT1").Bytes.Should().Equal(header);
        boot.Kernel.Sysfs.Read("/sys/firmware/acpi/tables/SSDT2").Bytes.Should().Equal(CompiledNamespace.Ssdt);
        boot.Kernel.Sysfs.Read("/sys/firmware/acpi/tables/DSDT").Bytes.Should().Equal(CompiledNamespace.Dsdt);
    }

    private static LinuxKernel Boot(string table)
    {
        HostileBoot boot = new(Given.Platform($"firmware: {{tables: {{{table}}}}}" + Bridge));
        boot.Boot().Should().BeNull();
        return boot.Kernel!;
    }
}
