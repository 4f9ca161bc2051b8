using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Views.Tests;

/// <summary>Every kind of record that firmware and devices can write is shown, field by field, and the fields give the bytes back.</summary>
public class WrittenTablesTests
{
    private const string Everything = """
        memory:
          dram: 2GiB
          cpus: 1
          madt: [{apic: 0}, {x2apic: 1}, {io_apic: 0, address: 0xfec00000}]
          srat:
            - {cpu: 0, pxm: 0x123}
            - {x2apic: 1, pxm: 3}
            - {generic_initiator: "11:02.3", pxm: 5}
            - {generic_initiator: {hid: ACPI0007, uid: 1}, pxm: 5}
            - {memory: 0x0-0x7fffffff, pxm: 0}
            - {generic_port: 5, pxm: 6}
          slit: [[10, 20], [20, 10]]
          hmat:
            - proximity: {memory: 0, initiator: 0}
            - locality: {data_type: access_latency, minimum_transfer: true, non_sequential: true, base_unit: 1000, initiators: [0, 3], targets: [0], entries: [[10], [20]]}
            - cache: {memory: 0, size: 64MiB, smbios_handles: [1, 2]}
        firmware: {tables: {CEDT: {cxims: [{xor_maps: [0x404100]}], rdpas: [{bdf: "00:00.0", address: 0x1000}], csds: 1}}}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports:
              - switch:
                  ports:
                    - {}
                    - type3:
                        id: a
                        volatile: 256MiB
                        cdat:
                          records:
                            - dsmas: {handle: 1, base: 0, length: 256MiB}
                            - dslbis: {handle: 1, data_type: read_latency, base_unit: 1000, entries: [150]}
                            - dsmscis: {handle: 1, size: 1MiB}
                            - dsis: {handle: 1}
                            - dsemts: {handle: 1, efi_type: 0, length: 256MiB}
        windows: [{base: 0x1000000000, targets: [5], record_length: 0x2c}]
        """;

    private readonly SimulatedMachine _machine = Boot();

    [Fact]
    public void EveryRecord_IsShownToItsLastByte()
    {
        // Of the DSDT only the header is shown, of the FADT what leads to other tables.
        foreach (FirmwareTable table in _machine.FirmwareTables.Where(table => table.Signature is not ("DSDT" or "FACP")))
        {
            ShouldBeWhole(TableDecoder.Decode(table.Bytes), table.Bytes);
        }

        foreach (DeviceTable table in _machine.DeviceTables)
        {
            ShouldBeWhole(TableDecoder.DecodeCdat(table.Bytes, table.Owner), table.Bytes);
        }

        ShouldBeWhole(TableDecoder.DecodeEfiMap(_machine.EfiMemoryMap), _machine.EfiMemoryMap);
    }

    /// <summary>ACPI 6.5 5.2.16.6: segment, bus, device and function, as QEMU writes them.</summary>
    [Fact]
    public void PciHandle_HasTheBusFirst()
    {
        byte[] srat = _machine.FirmwareTables.Single(table => table.Signature == "SRAT").Bytes.ToArray();
        TableStructure initiator = TableDecoder.Decode(srat).Structures.First(structure => structure.Name == "Generic Initiator Affinity");

        srat.AsSpan((int)initiator.Offset + 8, 4).ToArray().Should().Equal(0, 0, 0x11, 0x13);
        initiator.Fields.Should().Contain(field => field.Name == "PCI Device and Function" && field.Meaning == "02.3");
    }

    [Fact]
    public void Flags_AreNamedToTheLast()
    {
        TableDecoder.Decode(_machine.FirmwareTables.Single(table => table.Signature == "HMAT").Bytes).Structures.SelectMany(structure => structure.Fields)
            .Should().Contain(field => field.Name == "Flags" && field.Meaning == "memory, minimum transfer size, non-sequential");
        byte[] efi = _machine.EfiMemoryMap.ToArray();
        efi[32 + 7] |= 0x80;
        TableDecoder.DecodeEfiMap(efi).Structures[0].Fields.Should().Contain(field => field.Name == "Attribute" && field.Meaning.EndsWith(", runtime"));
    }

    /// <summary>What looks like the heading of another table may stand among the letters of a line.</summary>
    [Fact]
    public void LettersOfADump_AreNoHeading()
    {
        byte[] table = [.. "SSDT"u8, .. new byte[28], .. "ab @ 0xcd"u8, .. new byte[7]];
        StringWriter text = new();
        AcpiDumpText.Write(text, "SSDT", 0x7fb7_0000, table);

        AcpiDumpText.Read(text.ToString()).Should().ContainSingle().Which.Should().Equal(table);
    }

    [Fact]
    public void Cdats_AreThoseOfSwitchesAndDevices() => _machine.DeviceTables.Select(table => table.Owner).Should().Equal("switch 0", "a");

    [Fact]
    public void Provenance_TellsStatedFromDerived()
    {
        DecodedTable srat = TableProvenance.Add(TableDecoder.Decode(_machine.FirmwareTables.Single(table => table.Signature == "SRAT").Bytes), _machine.TableSources);
        TableField[] cpu = [.. srat.Structures[2].Fields];

        cpu.Single(field => field.Name == "APIC ID").Source.Should().Be(new FieldProvenance(true, "cpu", null, "p.yaml", 6, 13));
        cpu.Single(field => field.Name == "Proximity Domain [31:8]").Source!.Stated.Should().BeTrue("the domain is one number, cut in two");
        cpu.Single(field => field.Name == "Clock Domain").Source!.ToString().Should().Be("derived: 0");
        cpu.Single(field => field.Name == "Type").Source.Should().BeNull();
    }

    private static void ShouldBeWhole(DecodedTable decoded, ReadOnlyMemory<byte> bytes)
    {
        decoded.Faults.Should().BeEmpty("of {0}", decoded.Signature);
        decoded.Structures.Should().NotContain(structure => structure.Name.Contains("unknown"), "of {0}", decoded.Signature);
        FieldBytes.Of(decoded, out int missing).Should().Equal(bytes.ToArray(), "of {0}", decoded.Signature);
        missing.Should().Be(-1, "no byte of {0} is left out", decoded.Signature);
    }

    private static SimulatedMachine Boot()
    {
        PlatformReadResult read = PlatformReader.ReadText(Everything, "p.yaml");
        read.Diagnostics.Should().BeEmpty();
        SimulatedMachine machine = new(read.Platform!);
        machine.Simulation.AddSink(new StopAtPhase(machine, "MemoryMap"));
        machine.RunBoot();
        return machine;
    }
}
