namespace CxlSim.Platform.Tests;

/// <summary>One mistake each: its number and its exact place, which a caret marks in the text.</summary>
public class DiagnosticTests
{
    [Theory]
    [InlineData("name: [x^", "CXP0002")]
    [InlineData("memory:\n^\tdram: 4GiB", "CXP0002")]
    [InlineData("name: a^\0b", "CXP0002")]
    [InlineData("name: a\nkernel: {}\nx^\uFFFD: 1", "CXP0002")]
    [InlineData("name: \"\\UFFFFFFFF^\"", "CXP0002")]
    public void Text_IsRefused_WhenItIsNotYaml(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("^", "CXP0011")]
    [InlineData("^# nothing but a comment\n", "CXP0011")]
    [InlineData("name: a\n^---\nname: b", "CXP0011")]
    [InlineData("name: &a x\nkernel: {command_line: ^*a}", "CXP0011")]
    [InlineData("name: ^!secret x", "CXP0011")]
    public void Text_IsRefused_WhenItUsesYamlThatPlatformsDoNot(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("^naem: x", "CXP0003")]
    [InlineData("kernel: {^modul: [a]}", "CXP0003")]
    [InlineData("memory: {hmat: [{proximity: {memory: 0}, ^cache: {memory: 0, size: 1GiB}}]}", "CXP0003")]
    [InlineData("host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB, cdat: {records: [{dsis: {handle: 0}, ^raw: \"00\"}]}}}]}]", "CXP0003")]
    [InlineData("host_bridges:\n  - {kind: pcie, bus: 0, ^hdm_decoders: 4}", "CXP0003")]
    public void Key_IsRefused_WhenItIsUnknown(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("host_bridges:\n  - ^uid: 5", "CXP0004")]
    [InlineData("windows: [^{size: 1GiB}]", "CXP0004")]
    [InlineData("host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB, cdat: {records: [^{}]}}}]}]", "CXP0004")]
    [InlineData("memory: {nodes: [^{pxm: 0}]}", "CXP0004")]
    [InlineData("steps: [{write: ^{path: a}}]", "CXP0004")]
    [InlineData("kernel: {image: ^{code: 0-1, data: 2-3, bss: 4-5}}", "CXP0004")]
    [InlineData("memory: {hmat: [^{initiator: 0, latency: 5}]}", "CXP0004")]
    [InlineData("memory: {distances: [^{from: 0, to: 1}]}", "CXP0004")]
    [InlineData("memory: {srat: [{memory: 0-4095, pxm: 0}, ^{generic_port: 5}]}", "CXP0004")]
    public void Key_IsAskedFor_WhenItIsMissing(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("^[a]", "CXP0005")]
    [InlineData("kernel: ^5", "CXP0005")]
    [InlineData("kernel:^", "CXP0005")]
    [InlineData("name: ^{a: b}", "CXP0005")]
    [InlineData("steps: ^x", "CXP0005")]
    [InlineData("steps: [^x]", "CXP0005")]
    [InlineData("kernel: {config: ^[x]}", "CXP0005")]
    [InlineData("kernel: {config: {A: ^[x]}}", "CXP0005")]
    [InlineData("{^[a]: b}", "CXP0005")]
    public void Value_IsRefused_WhenItIsOfTheWrongKind(string text, string expected) => Expect(text, expected);

    /// <summary>In the words in which the same key refuses a wrong text.</summary>
    [Theory]
    [InlineData("windows: [{base: 0, targets: [5], restrictions: [volatile]}]", "found a list for 'restrictions'; expected a number from 0 to 65535")]
    [InlineData("memory: {cpus: }", "found nothing for 'cpus'; expected a number from 1 to 2048")]
    [InlineData("steps: [{read: {a: b}}]", "found a mapping for 'read'; expected text")]
    public void ValueOfTheWrongKind_IsToldWhatWouldBeRight(string text, string message) =>
        PlatformReader.ReadText(text, "p.yaml").Diagnostics.Select(found => found.Message).Should().Contain(message);

    [Theory]
    [InlineData("memory: {dram: ^4GB}", "CXP0006")]
    [InlineData("memory: {dram: ^-4GiB}", "CXP0006")]
    [InlineData("timing: {media_ready: ^-Infinityns}", "CXP0006")]
    [InlineData("timing: {media_ready: ^NaNs}", "CXP0006")]
    [InlineData("memory: {cpus: ^two}", "CXP0006")]
    [InlineData("memory: {cpus: ^_1}", "CXP0006")]
    [InlineData("kernel: {version: ^six}", "CXP0006")]
    [InlineData("kernel: {config: {^CONFIG_NUMA: y}}", "CXP0006")]
    [InlineData("firmware: {decoders: ^lokced}", "CXP0006")]
    [InlineData("timing: {media_ready: ^50}", "CXP0006")]
    [InlineData("timing: {media_ready: ^1e3s}", "CXP0006")]
    [InlineData("memory: {efi: [{range: ^0x1000, type: conventional}]}", "CXP0006")]
    [InlineData("host_bridges: [{kind: pcie, bus: 0, functions: [{at: ^1f, id: \"8086:2922\", class: 0}]}]", "CXP0006")]
    [InlineData("host_bridges: [{kind: pcie, bus: 0, functions: [{at: 1f.0, id: ^\"8086-2922\", class: 0}]}]", "CXP0006")]
    [InlineData("steps: [{read: a, expect: ^EBUSI}]", "CXP0006")]
    [InlineData("host_bridges: [{uid: 1, bus: 0, root_ports: [{hotplug: ^yes}]}]", "CXP0006")]
    public void Value_IsRefused_WhenItIsNotWrittenAsExpected(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("memory: {cpus: ^18446744073709551616}", "CXP0007")]
    [InlineData("memory: {dram: ^16777216TiB}", "CXP0007")]
    [InlineData("memory: {efi: [{range: ^0x0-0x1_0000_0000_0000_0000, type: conventional}]}", "CXP0007")]
    public void Number_IsRefused_WhenItDoesNotFitInto64Bits(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("memory: {cpus: ^256}", "CXP0008")]
    [InlineData("memory: {cpus: ^0}", "CXP0008")]
    [InlineData("memory: {hmat: [{initiator: ^64, target: 0}]}", "CXP0008")]
    [InlineData("memory: {hmat: [{initiator: 0, target: 0, read_latency: ^65535}]}", "CXP0008")]
    [InlineData("memory: {hmat: [{initiator: 0, target: 0, bandwidth: ^0}]}", "CXP0008")]
    [InlineData("memory: {distances: [{from: 0, to: 1, distance: ^256}]}", "CXP0008")]
    [InlineData("memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 200}, {pxm: 1, size: 1GiB, cpus: ^56}]}", "CXP0008")]
    [InlineData("memory: {nodes: [{pxm: 0, size: ^1GiB, ranges: [0x0-0x7fffffff]}]}", "CXP0008")]
    [InlineData("memory: {dram: ^65537KiB}", "CXP0008")]
    [InlineData("memory: {dram: ^4096TiB}", "CXP0008")]
    [InlineData("memory: {efi: [{range: ^0x2000-0x1fff, type: conventional}]}", "CXP0008")]
    [InlineData("host_bridges: [{uid: 1, bus: ^256}]", "CXP0008")]
    [InlineData("host_bridges: [{uid: ^4294967296, bus: 0}]", "CXP0008")]
    [InlineData("host_bridges: [{uid: 1, bus: 2, last_bus: ^1}]", "CXP0008")]
    [InlineData("host_bridges: [{uid: 1, bus: 2, component_registers: ^0x10000f000}]", "CXP0008")]
    [InlineData("host_bridges: [{uid: 1, bus: 2, component_registers: ^0x10000000000000}]", "CXP0008")]
    [InlineData("host_bridges: [{uid: 1, bus: 0, root_ports: [{at: ^20.0}]}]", "CXP0008")]
    [InlineData("timing: {media_ready: ^3601s}", "CXP0008")]
    [InlineData("firmware: {oem_id: ^CXLSIM7}", "CXP0008")]
    public void Value_IsRefused_WhenItIsOutOfRange(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("name: a\n^name: b", "CXP0009")]
    [InlineData("kernel: {config: {A: y, ^A: n}}", "CXP0009")]
    public void Key_IsRefused_WhenItIsThereTwice(string text, string expected) => Expect(text, expected);

    [Theory]
    [InlineData("{base: ^0x1008000000, targets: [5]}", "CXP0010")]
    [InlineData("{base: 0x1000000000, size: ^1025MiB, targets: [5]}", "CXP0012")]
    [InlineData("{base: ^0x100000000, targets: [5]}", "CXP0047")]
    [InlineData("{base: ^0xe0000000, size: 256MiB, targets: [5]}", "CXP0047")]
    [InlineData("{base: ^0x180000000, size: 256MiB, targets: [5]}", "CXP0047")]
    [InlineData("{base: ^0x0, size: 16TiB, targets: [5]}", "CXP0047")]
    [InlineData("{base: 0x1000000000, targets: [5]}, {base: ^0x1030000000, targets: [5]}", "CXP0045")]
    [InlineData("{base: 0x1030000000, targets: [5]}, {base: ^0x1000000000, targets: [5]}", "CXP0045")]
    [InlineData("{base: ^0xffffff0000000, targets: [5]}", "CXP0008")]
    [InlineData("{targets: [^6]}", "CXP0014")]
    [InlineData("{targets: [5, ^6]}", "CXP0014")]
    [InlineData("{targets: ^[5, 5, 5, 5, 5]}", "CXP0015")]
    [InlineData("{targets: ^[]}", "CXP0015")]
    [InlineData("{granularity: ^300, targets: [5]}", "CXP0016")]
    [InlineData("{granularity: ^32KiB, targets: [5]}", "CXP0016")]
    [InlineData("{size: ^1GiB, targets: [5, 5, 5]}", "CXP0033")]
    [InlineData("{efi: ^soft_reserved, targets: [5]}", "CXP0037")]
    public void Window_IsRefused_WhenItIsWrong(string window, string expected) => Expect(WithWindows(window), expected);

    [Theory]
    [InlineData("{targets: [5, 5], xor_maps: ^[0x404100]}", "CXP0039")]
    [InlineData("{targets: [5, 5], arithmetic: modulo, xor_maps: ^[]}", "CXP0039")]
    [InlineData("^{targets: [5, 5], arithmetic: xor}", "CXP0040")]
    [InlineData("{targets: [5, 5, 5, 5, 5, 5, 5, 5], arithmetic: xor, xor_maps: ^[0x404100, 0x808200]}", "CXP0040")]
    [InlineData("{targets: [5, 5], arithmetic: xor, xor_maps: [^0]}", "CXP0041")]
    [InlineData("{targets: [5, 5, 5, 5], arithmetic: xor, xor_maps: [^0x808200, ^0x404100]}", "CXP0041 CXP0041")]
    [InlineData("{targets: [5, 5], arithmetic: xor, granularity: 4KiB, xor_maps: [^0x404100]}", "CXP0041")]
    [InlineData("{targets: [5, 5], arithmetic: xor, xor_maps: [0x404100, ^0x404100]}", "CXP0041")]
    [InlineData("{targets: [5, 5], arithmetic: xor, xor_maps: [0x404100, 0x808200]}, {targets: [5, 5, 5, 5], arithmetic: xor, xor_maps: [0x404100, ^0x200]}", "CXP0042")]
    [InlineData("{targets: [5, 5, 5, 5], arithmetic: xor, xor_maps: ^[^0]}", "CXP0040 CXP0041")]
    [InlineData("{targets: [5, 5], arithmetic: ^xro, xor_maps: [0]}", "CXP0006")]
    [InlineData("{targets: [5, 5], arithmetic: xor, granularity: ^300, xor_maps: [0x404100]}", "CXP0016")]
    [InlineData("{targets: [^x, 5], arithmetic: xor, xor_maps: []}", "CXP0006")]
    [InlineData("{targets: ^[5, 5, 5, 5, 5], arithmetic: xor}", "CXP0015")]
    [InlineData("{targets: [5, 5], arithmetic: xor, xor_maps: [^-1]}", "CXP0006")]
    public void XorWindow_IsRefused_WhenItsMapsDecideNothing(string window, string expected) => Expect(WithWindows(window), expected);

    /// <summary>Zero has no lowest bit, not even where the bit that is wanted is past the last.</summary>
    [Fact]
    public void XorMapOfZero_IsRefused_AfterMapsForEveryBit()
    {
        string maps = string.Join(", ", Enumerable.Range(8, 56).Select(bit => $"0x{1UL << bit:x}"));

        Expect(WithWindows($"{{targets: [5, 5], arithmetic: xor, xor_maps: [{maps}, ^0]}}"), "CXP0041");
    }

    [Theory]
    [InlineData("root_ports: [{at: 01.0, port: 0}, {at: ^01.0, port: 1}]", "CXP0017")]
    [InlineData("root_ports: [{at: 1f.0}], functions: [{at: ^1f.0, id: \"8086:2922\", class: 0}]", "CXP0017")]
    [InlineData("root_ports: [{port: 3}, {port: ^3}]", "CXP0020")]
    [InlineData("root_ports: [{switch: {ports: [{port: 1}, {port: ^1}]}}]", "CXP0020")]
    [InlineData("root_ports: [{type3: {id: a, volatile: 1GiB}}, {type3: {id: ^a, volatile: 1GiB}}]", "CXP0021")]
    [InlineData("root_ports: [{type3: {volatile: ^100MiB}}]", "CXP0022")]
    [InlineData("root_ports: [{type3: {persistent: ^257MiB}}]", "CXP0022")]
    [InlineData("root_ports: [{type3: ^{}}]", "CXP0023")]
    [InlineData("root_ports: [{type3: ^{volatile: 0}}]", "CXP0023")]
    [InlineData("hdm_decoders: ^3", "CXP0025")]
    [InlineData("interleave: [ways_16, ^ways_5]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, hdm_decoders: ^3}}]", "CXP0025")]
    [InlineData("root_ports: [{switch: {hdm_decoders: ^33, ports: []}}]", "CXP0025")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, mailbox_payload: ^128}}]", "CXP0026")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, mailbox_payload: ^3KiB}}]", "CXP0026")]
    [InlineData("functions: [{at: 00.0, id: \"8086:2922\", class: 0, bars: [{index: ^6, size: 4KiB}]}]", "CXP0008")]
    [InlineData("functions: [{at: 00.0, id: \"8086:2922\", class: 0, bars: [{index: ^5, size: 4KiB, wide: true}]}]", "CXP0029")]
    [InlineData("functions: [{at: 00.0, id: \"8086:2922\", class: 0, bars: [{index: 0, size: ^3KiB}]}]", "CXP0029")]
    [InlineData("functions: [{at: 00.0, id: \"8086:2922\", class: 0, bars: [{index: 0, size: 4KiB, wide: true}, {index: ^1, size: 4KiB}]}]", "CXP0029")]
    [InlineData("last_bus: ^0x10, root_ports: [{}]", "CXP0030")]
    [InlineData("hdm_decoders: ^0, root_ports: [{}, {}]", "CXP0032")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB}, switch: ^{ports: []}}]", "CXP0035")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {lanes: ^0}}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {lanes: ^3}}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {rate: ^31}}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {rate: ^64}}}}]", "CXP0048")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {rate: 64, flits: ^68B}}}}]", "CXP0048")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {latency: ^-5ns}}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {retimers: ^3}}}}]", "CXP0008")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {credits: {req: ^0}}}}}]", "CXP0008")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {link: {credits: {drs: ^65537}}}}}]", "CXP0008")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {profile: ^asic}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {controller: ^fast}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {media: {channels: ^3}}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {media: {write_buffer: ^0}}}}]", "CXP0008")]
    [InlineData("root_ports: [{switch: {ports: [], path: {hop: ^1h}}}]", "CXP0006")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {controller: ^11us}}}]", "CXP0008")]
    [InlineData("root_ports: [{type3: {volatile: 1GiB, path: {line_every: ^1s}}}]", "CXP0008")]
    [InlineData("mmio: [0x80000000-0x8fffffff, ^0x88000000-0x97ffffff]", "CXP0013")]
    public void HostBridge_IsRefused_WhenItIsWrong(string keys, string expected) =>
        Expect($"host_bridges:\n  - {{uid: 5, bus: 16, {keys}}}", expected);

    [Theory]
    [InlineData("{uid: 5, bus: 0}, {uid: ^5, bus: 1}", "CXP0018")]
    [InlineData("{uid: 5, bus: 0, last_bus: 2}, {uid: 6, bus: ^2}", "CXP0019")]
    [InlineData("{uid: 5, bus: 0}, {uid: 6, bus: ^0}", "CXP0019")]
    [InlineData("{uid: 5, bus: ^0, root_ports: [{}, {}]}, {uid: 6, bus: 2}", "CXP0030")]
    [InlineData("{uid: 5, bus: ^255, root_ports: [{}]}", "CXP0030")]
    [InlineData("{uid: 5, bus: 0, component_registers: 0x200000000}, {uid: 6, bus: 2, component_registers: ^0x200000000}", "CXP0013")]
    public void HostBridges_AreRefused_WhenTheyDisagree(string bridges, string expected) => Expect($"host_bridges: [{bridges}]", expected);

    [Theory]
    [InlineData("nodes: [{pxm: 0, ranges: [0x0-0x7fffffff, ^0x40000000-0x4fffffff]}]", "CXP0024")]
    [InlineData("efi: [{range: 0x0-0x1fff, type: conventional}, {range: ^0x1000-0x2fff, type: reserved}, {range: 0x100000-0x1fffff, type: acpi_reclaim}]", "CXP0046")]
    [InlineData("efi: [{range: ^0x0-0x1000, type: conventional}]", "CXP0028")]
    [InlineData("efi: [{range: ^0x100000-0x7fffffff, type: conventional}]", "CXP0038")]
    [InlineData("efi: [{range: ^0x100000-0x103fff, type: acpi_reclaim}]", "CXP0038")]
    [InlineData("srat: ^[{cpu: 0, pxm: 0}]", "CXP0031")]
    [InlineData("nodes: [{pxm: 1, size: 1GiB}, {pxm: ^1, size: 1GiB}]", "CXP0034")]
    [InlineData("dram: ^2MiB", "CXP0036")]
    [InlineData("nodes: [^{pxm: 0, ranges: [0x100000000-0x1ffffffff]}]", "CXP0036")]
    [InlineData("nodes: [^{pxm: 0, ranges: [0xa0000-0xfffff]}]", "CXP0036")]
    [InlineData("nodes: [{pxm: 0, ranges: [^0x0-0xffffffff]}]", "CXP0013")]
    public void Memory_IsRefused_WhenItIsWrong(string keys, string expected) => Expect($"memory: {{{keys}}}", expected);

    [Theory]
    [InlineData("{^wirte: {path: a, value: b}}", "CXP0027")]
    [InlineData("{read: a, ^write: {path: a, value: b}}", "CXP0027")]
    [InlineData("^{expect: ok}", "CXP0027")]
    [InlineData("{load: ^{^hpa: 0, device: mem0}}", "CXP0004 CXP0003")]
    [InlineData("{store: ^{hpa: 0}}", "CXP0004")]
    public void Step_IsRefused_WhenItIsWrong(string step, string expected) => Expect($"steps: [{step}]", expected);

    /// <summary>A window over everything hides nothing that hardware cannot do.</summary>
    [Fact]
    public void WindowOverAll_LeavesWhatHardwareShares() =>
        Expect("memory: {nodes: [{pxm: 0, ranges: [^0x0-0xffffffff]}]}\n" + WithWindows("{base: ^0x0, size: 16TiB, targets: [5]}"), "CXP0013 CXP0047");

    [Fact]
    public void Message_NamesWhatWasMeant_WhenAKeyIsNearAKnownOne() =>
        Messages("widnows: []").Should().Equal("unknown key 'widnows' in the platform; did you mean 'windows'?");

    [Fact]
    public void Message_NamesTheKnownBridges_WhenATargetIsUnknown() =>
        Messages(WithWindows("{targets: [6]}")).Should().Equal("found the target 6; expected a CXL host bridge, whose UIDs are 5");

    [Fact]
    public void Message_NamesBothPlaces_WhenASlotIsTakenTwice() =>
        Messages("host_bridges: [{uid: 5, bus: 0, root_ports: [{at: 01.0}, {at: 01.0}]}]")
            .Should().Equal("01.0 is taken twice on bus 0x00, first at p.yaml:1:51; expected another place");

    [Fact]
    public void Mistakes_AreReportedTogether_InTheOrderOfTheFile()
    {
        const string text = """
            nmae: x
            memory: {dram: 4GB}
            windows:
              - {base: 0x1008000000, targets: [7], granularity: 100}
            host_bridges:
              - {uid: 5, bus: 0x10, hdm_decoders: 3}
              - {uid: 5, bus: 0x10}
            steps:
              - {raed: a}
            """;
        Given.Findings(text).Should().Equal(
            "CXP0003 1:1", "CXP0006 2:16", "CXP0010 4:12", "CXP0014 4:36", "CXP0016 4:53",
            "CXP0025 6:39", "CXP0018 7:11", "CXP0019 7:19", "CXP0027 9:6");
    }

    [Fact]
    public void WrongValue_IsNotReportedAgain_ByWhatDependsOnIt()
    {
        Given.Findings(Given.OneBridge.Replace("uid: 5", "uid: five")).Should().Equal("CXP0006 2:11");
        Given.Findings(Given.OneBridge.Replace("bus: 0x10", "bus: q")).Should().Equal("CXP0006 2:19");
        Given.Findings(Given.OneBridge.Replace("volatile: 1GiB", "volatile: 1GB")).Should().Equal("CXP0006 2:67");
        Given.Findings(Given.OneBridge.Replace("targets: [5]", "targets: [five]")).Should().Equal("CXP0006 3:42");
        Given.Findings(Given.OneBridge.Replace("targets: [5]", "targets: 5")).Should().Equal("CXP0005 3:41");
    }

    [Fact]
    public void Platform_IsThere_WhenThereAreOnlyWarnings() => Given.Reading(WithWindows("{efi: conventional, targets: [5]}")).Platform.Should().NotBeNull();

    private static string WithWindows(string windows) => Given.OneBridge.Replace("{base: 0x1000000000, targets: [5]}", windows);

    private static IEnumerable<string> Messages(string text) => Given.Reading(text).Diagnostics.Select(d => d.Message);

    /// <summary>Each caret stands before the place of a finding; several findings at one caret, or one at each.</summary>
    private static void Expect(string marked, string numbers)
    {
        IReadOnlyList<string> parts = marked.Split('^');
        IReadOnlyList<string> places = [.. Enumerable.Range(1, parts.Count - 1).Select(count => PlaceAfter(string.Concat(parts.Take(count))))];
        IEnumerable<string> expected = numbers.Split(' ').Select((number, i) => $"{number} {places[Math.Min(i, places.Count - 1)]}");
        Given.Findings(string.Concat(parts)).Should().Equal(expected);
    }

    private static string PlaceAfter(string text) => $"{text.Count(c => c == '\n') + 1}:{text.Length - text.LastIndexOf('\n')}";
}
