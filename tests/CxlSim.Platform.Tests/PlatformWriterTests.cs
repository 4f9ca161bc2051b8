using CxlSim.Platform.Writing;

namespace CxlSim.Platform.Tests;

/// <summary>A written platform file says what the description says: reading it gives an equal one.</summary>
public class PlatformWriterTests
{
    /// <summary>Every key of the language with a value that is not its default.</summary>
    private const string Everything = """
        name: everything
        kernel:
          version: 6.14.2
          command_line: 'console=ttyS0 dyndbg="file mm/* +p; file drivers/*" # a\b'
          config: {EFI_SOFT_RESERVE: n, NODES_SHIFT: 10}
          modules: [cxl_acpi, cxl_pci]
          hypervisor: true
          physical_bits: 46
          la57: true
          cxl_test: true
          image: {code: 0x1000000-0x1ffffff, rodata: 0x2000000-0x27fffff, data: 0x2800000-0x29fffff, bss: 0x2a00000-0x2bfffff}
        memory:
          nodes:
            - {pxm: 0, cpus: 2, ranges: [0x0-0x7fffffff, 0x100000000-0x17fffffff]}
            - {pxm: 4, size: 0, cpus: 1}
          efi:
            - {range: 0x0-0x9ffff, type: boot_services_code}
            - {range: 0x100000-0x7effffff, type: conventional}
            - {range: 0x7f000000-0x7f7fffff, type: acpi_reclaim}
            - {range: 0x7f800000-0x7fbfffff, type: mmio}
            - {range: 0x7fc00000-0x7fffffff, type: 0x70000001, attributes: 0x8000000000000009}
            - {range: 0x100000000-0x17fffffff, type: conventional, sp: true}
          srat:
            - {cpu: 3, pxm: 4}
            - {memory: 0x0-0x7fffffff, pxm: 0}
            - {memory: 0x100000000-0x17fffffff, pxm: 0, hotplug: true}
            - {generic_port: 5, pxm: 9}
            - {cpu: 4, pxm: 4, enabled: false, sapic_eid: 3, clock_domain: 9}
            - {x2apic: 0x12345, pxm: 4, enabled: false, clock_domain: 2}
            - {memory: {base: 0xfffffffffffff000, length: 1024TiB}, pxm: 7, enabled: false, nonvolatile: true, specific_purpose: true}
            - {memory: {base: 0x1000, length: 0}, pxm: 7}
            - {generic_port: {uid: 3, hid: "ACPI0099"}, pxm: 8, enabled: false, architectural_transactions: true}
            - {generic_initiator: "0c:1f.2", pxm: 8}
            - {generic_initiator: {bdf: "0c:1f.2", segment: 4}, pxm: 8}
            - {generic_initiator: {uid: 1, hid: "ACPI0016"}, pxm: 8}
            - {raw: "0910 00ff"}
          apic: x2apic
          madt:
            - {apic: 3, uid: 1}
            - {x2apic: 0x12345, enabled: false, online_capable: true}
            - {io_apic: 2, address: 0xfec01000, interrupt_base: 24}
            - {raw: "0406 ffff 0001"}
          slit: {localities: 9, entries: [[10, 31], [255]]}
          hmat:
            - {proximity: {memory: 4, initiator: 0, initiator_valid: false, memory_valid: true}}
            - {locality: {data_type: 9, base_unit: 18446744073709551615, initiators: [0, 4], targets: [9], entries: [[1], [65535]], hierarchy: 2, minimum_transfer: true, minimum_transfer_size: 7, non_sequential: true}}
            - {cache: {memory: 4, size: 1GiB, levels: 2, level: 1, associativity: complex, write_policy: write_through, line_size: 128, address_mode: extended_linear, smbios_handles: [3, 4]}}
            - {raw: "0300 0000 0c00 0000 0000 0000"}
            - {initiator: 0, target: 9, latency: 1, bandwidth: 2}
            - {initiator: 4, target: 9, read_latency: 3, write_latency: 4, read_bandwidth: 5, write_bandwidth: 6}
        firmware:
          decoders: programmed
          oem_id: "a \"b\""
          oem_table_id: "   x    "
          oem_revision: 4294967295
          creator_id: ""
          creator_revision: 0
          qtg: {max: 9, ids: [3, 1]}
          tables:
            SRAT: {revision: 1, oem_id: x, oem_table_id: y, oem_revision: 5, creator_id: z, creator_revision: 6, length: 7, checksum: 8, table_revision: 2}
            APIC: {local_apic_address: 0xfee01000, flags: 0}
            DSDT: {}
            RSDP: {checksum: 1, oem_id: x, revision: 0, rsdt_address: 2, length: 3, xsdt_address: 4, extended_checksum: 5, reserved: 6}
            XSDT: {revision: 2, entries: [FACP, 0x1000, "0"]}
            MCFG: {reserved: 1, allocations: [{base: 0x1000, segment: 1, start_bus: 2, end_bus: 3, reserved: 4}, {base: 0}]}
            FACP: {flags: 7, dsdt: 0, x_dsdt: 0x1000, reset_reg: {space_id: 1, address: 0xcf9}, hypervisor_vendor_identity: 9}
            CEDT: {order: [cfmws, chbs], cxims: [{xor_maps: [0x404100, 1], encoded_granularity: 9, map_count: 200}], rdpas: [{bdf: "10:00.3", address: 0x1000, segment: 2, protocol: io}], csds: 3, raw: ["0900 0400"]}
        timing: {firmware_part: 3ms, mailbox_command: 1.25us, struct_page_init: 0.1ns, media_ready: 2s, host: {bridge: 1ns, dram_latency: 2ns, dram: {kind: ddr4-3200, channels: 8, ranks: 1, rows: open, write_buffer: 9}, dram_line_every: 0.5ns, dram_core_reads: 11, socket_link: {latency: 3ns, read_every: 4ns, write_every: 5ns, core_reads: 6}, core: {reads: 7, stream_reads: 8, writes: 9, lines: 10}}}
        host_bridges:
          - kind: pcie
            uid: 7
            bus: 0x00
            last_bus: 0x0f
            segment: 3
            pxm: 4
            mmio: [0x80000000-0x8fffffff, 0xc000000000-0xc01fffffff]
            functions: [{at: 1f.7, id: "8086:2922", class: 0x010601, bars: [{index: 5, size: 4KiB}, {index: 0, size: 4TiB, wide: true, prefetchable: true}]}]
          - uid: 5
            bus: 0x10
            component_registers: 0x480000000
            hdm_decoders: 8
            interleave: [bits_8_to_11, ways_16]
            chbs: {uid: 77, version: 0, base: 0x1234, length: 8KiB}
            osc: {status: 4, support: 1, control: 2, cxl_support: 3, cxl_control: 0}
            cbr: [1, 0x480000000]
            root_ports:
              - {at: 01.1, port: 113, hotplug: true, slot: 9}
              - at: 02.0
                port: 3
                slot: 0
                switch:
                  hdm_decoders: 2
                  interleave: [bits_12_to_14]
                  path: {hop: 30ns, link: {lanes: 8, retimers: 2, retimer: 9ns}}
                  cdat: {latency_ns: 7, bandwidth_mbs: 8, records: [{sslbis: {data_type: read_latency, base_unit: 1000, entries: [{x: upstream, y: any, value: 3}, {x: 4, y: 5, value: 6}]}}]}
                  ports:
                    - {port: 7, type3: {id: "null", volatile: 1GiB, persistent: 512MiB, label_storage: 0, serial: 0xffffffffffffffff, hdm_decoders: 10, interleave: [], mailbox_payload: 1MiB, firmware_version: "", partition_alignment: 512MiB, firmware_slots: 4, sanitize_time: 5s, health: {status: [maintenance_needed, performance_degraded, replacement_needed], media: data_loss_imminent, life_used: 1, temperature: 2, dirty_shutdowns: 3, volatile_errors: 4, persistent_errors: 5}, security: {secure_erase: true, passphrase: "a b"}, cdat: {read_latency_ns: 9, revision: 1, sequence: 5, length: 6, checksum: 7, records: [{dsmas: {handle: 1, base: 0, length: 1GiB, nonvolatile: true, shareable: true, hardware_coherent: true, dynamic_capacity: true, read_only: true}}, {dslbis: {handle: 1, data_type: write_latency, base_unit: 100, entries: [1, 2], hierarchy: first_level_cache}}, {dsmscis: {handle: 1, size: 1MiB, levels: 3}}, {dsis: {handle: 2, memory_attached: true}}, {dsemts: {handle: 1, efi_type: specific_purpose, offset: 4KiB, length: 1GiB}}, {raw: "0700 0400"}]}}}
                    - port: 1
                      switch: {ports: [{type3: {persistent: 256MiB}}, {}]}
          - {uid: 6, bus: 0x30, hdm_decoders: 0, chbs: none, root_ports: [{switch: {ports: []}}]}
          - {uid: 8, bus: 0x40, cxl: 1.1, rcrb: 0x4c0000000, type3: {volatile: 1GiB, hdm_decoders: 0, path: {profile: spec-target, controller: 1.5ns, line_every: 2ns, link: {lanes: 4, rate: 64, flits: 256B-latency-optimized, packs_headers: false, latency: 3ns, egress: 4ns, credits: {req: 1, rwd: 2, ndr: 3, drs: 4}}, media: {kind: fixed, read: 5ns, write: 6ns}}, faults: [mailbox_stuck, doe_stuck], dvsecs: [mld]}}
        windows:
          - {base: 0x1000000000, size: 2GiB, targets: [5], granularity: 4096, restrictions: 0x2f, qos_class: 3, efi: soft_reserved}
          - {base: 0x2000000000, size: 1GiB, targets: [6, 5], granularity: 256, arithmetic: xor, xor_maps: [0x404100]}
          - {base: 0x3000000000, size: 256MiB, targets: [5], arithmetic: xor}
          - {base: 0x4000000000, size: 256MiB, targets: [5], arithmetic: modulo}
          - {base: 0x5008000000, size: 1KiB, targets: [5, 9, 6, 5, 5], encoded_base: 0x1234, encoded_size: 5KiB, encoded_arithmetic: 7, encoded_ways: 7, encoded_granularity: 99, record_length: 80}
        steps:
          - {write: {path: /sys/x, value: "a: {b}\n"}, expect: EBUSY}
          - read: /sys/devices/y
          - create-region: {decoder: decoder0.0, type: pmem, size: 3GiB, granularity: 512, memdevs: [mem0, b:c]}
          - create-region: {decoder: decoder0.1}
          - offline: memory3
          - online: dax0.0
          - online: {subject: memory4, state: online_movable}
          - allocate: {size: 6GiB, task: db, kind: hugetlb-2M, policy: bind, nodes: [1, 2], cpu_node: 0}
          - free: db
          - store: {hpa: 0x1000, value: 0x1}
          - load: {hpa: 0x1000}
          - {load: {device: mem0, dpa: 0x40, value: 0xff}, expect: ENXIO}
        """;

    public static TheoryData<string> Files =>
        [.. new[] { "platforms", "tests/conformance/machines" }.SelectMany(folder => Directory.GetFiles(RepositoryRoot.File(folder), "*.yaml"))];

    [Fact]
    public void Everything_ReadsBackAsItWas() => ReadsBack(Everything);

    [Theory]
    [MemberData(nameof(Files))]
    public void File_ReadsBackAsItWas(string path) => ReadsBack(File.ReadAllText(path));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("a # b: [c], {d} \"e\" \\n 'f' & *g !h | > % @ `")]
    [InlineData("tab\tline\nreturn\rend")]
    [InlineData("\u0007\u0085\u2028\ufffd\u00e9 \ud83d\ude00")]
    public void CommandLine_ReadsBackWhateverItHolds(string text)
    {
        PlatformDescription platform = Given.Platform("name: x");
        PlatformDescription said = platform with { Kernel = platform.Kernel with { CommandLine = text } };

        Given.Platform(PlatformWriter.Write(said)).Kernel.CommandLine.Should().Be(text);
    }

    [Fact]
    public void Comments_StandAtTheHeadAndAboveWhatTheyAreAbout()
    {
        PlatformDescription platform = Given.Platform(Given.OneBridge);
        PlatformComments comments = new();
        comments.Head.Add("From a capture\nname: evil");
        comments.Above(platform.Windows[0], "Its CDAT is not known");
        comments.Above(platform.Windows[0], "and this comes too late");

        string text = PlatformWriter.Write(platform, comments);

        text.Should().StartWith("# From a capture?name: evil\nname: p\n").And.Contain("windows:\n  # Its CDAT is not known\n  - {base: ").And.NotContain("too late");
        Given.Platform(text).Windows.Should().HaveCount(1);
    }

    /// <summary>A list without entries is a table without records; left out it would be the usual ones.</summary>
    [Theory]
    [InlineData("memory: {srat: []}\n")]
    [InlineData("memory: {madt: []}\n")]
    [InlineData("firmware: {tables: {CEDT: {cxims: []}}}\n")]
    public void EmptyTables_StayEmpty(string text) => ReadsBack(text + Given.OneBridge);

    /// <summary>A machine without a name has that of its file, whatever that is; written down it is one that can be read.</summary>
    [Theory]
    [InlineData("my machine.yaml", "my machine", "my-machine")]
    [InlineData("", "platform", "platform")]
    public void NameOfAFile_CanBeReadAgain(string file, string shown, string name)
    {
        PlatformDescription platform = PlatformReader.ReadText("memory: {dram: 2GiB}", file).Platform!;

        platform.Name.Should().Be(shown);
        Given.Platform(PlatformWriter.Write(platform)).Name.Should().Be(name);
    }

    private static void ReadsBack(string file)
    {
        PlatformReadResult read = Given.Reading(file);
        read.Platform.Should().NotBeNull(string.Join('\n', read.Diagnostics));

        PlatformReadResult again = Given.Reading(PlatformWriter.Write(read.Platform!));

        again.Diagnostics.Select(d => d.Id).Should().BeEquivalentTo(read.Diagnostics.Select(d => d.Id));
        again.Platform.Should().BeEquivalentTo(
            read.Platform,
            compare => compare.ComparingRecordsByMembers().RespectingRuntimeTypes().WithStrictOrdering().Excluding(member => member.Path.EndsWith("Location") || member.Path == "Sources"));
    }
}
