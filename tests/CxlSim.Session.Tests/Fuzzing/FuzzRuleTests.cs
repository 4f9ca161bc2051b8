using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>What Linux does and no invariant may call wrong. Each case has once been called so.</summary>
public class FuzzRuleTests
{
    private const string Card = "{type3: {volatile: 512MiB}}";
    private const string Programmed = "programmed";

    private static readonly Dictionary<string, string> Scenarios = new()
    {
        // A region that the decoders' registers know nothing of: they stay at what firmware has locked, and the driver takes them for committed.
        ["locked"] = Case("locked", $"{Card}, {Card}", [Write("decoder0.0/delete_region", "region0"), .. Region("region0", 1024, 0x2000_0000), Write("region0/target0", "decoder3.0"), Write("region0/commit", "1")]),

        // The half of a region that never came up is not reset with it, and its decoder goes to another region as it is.
        ["left committed"] = Case(
            Programmed, $"{Card}, {{type3: {{volatile: 512MiB, faults: [media_not_active]}}}}",
            [
                Write("decoder0.0/delete_region", "region0"), .. Region("region0", 256, 0x4000_0000), .. Region("region1", 16384, 0x2000_0000),
                Write("region1/target0", "decoder2.0"), Write("region1/commit", "1"),
            ]),

        // Hardware does not commit a decoder at addresses that a lower one has.
        ["below what is left"] = Case(
            Programmed, "{type3: {volatile: 256MiB}}, {type3: {volatile: 768MiB}}, {type3: {volatile: 256MiB}}",
            [
                Write("decoder0.0/delete_region", "region0"), .. Region("region0", 1024, 0x1000_0000), Write("decoder3.1/mode", "ram"), Write("decoder3.1/dpa_size", "268435456"),
                Write("region0/target0", "decoder3.1"), Write("region0/commit", "1", "EIO"),
            ]),

        // Setting the mode frees nothing.
        ["other mode"] = Case("os", "{type3: {volatile: 512MiB, persistent: 512MiB}}", [Write("decoder2.0/mode", "pmem"), Write("decoder2.0/dpa_size", "268435456"), Write("decoder2.0/mode", "ram")]),

        // The port of the switch comes back before the probe fails, and its registers are a line of /proc/iomem.
        ["failed probe"] = Case(
            "os", "{switch: {ports: [{type3: {persistent: 256MiB}}, {type3: {volatile: 256MiB}}]}}", [Driver("unbind", "mem1"), Driver("bind", "mem0", "ENODEV")], windows: string.Empty),

        // One that comes back takes the place of another, which still has the region.
        ["place of another"] = Case(Programmed, $"{Card}, {Card}, {Card}", [Driver("unbind", "mem0"), Driver("bind", "mem0")]),

        // A region without addresses lists what awaits another.
        ["awaited without addresses"] = Case(Programmed, $"{Card}, {{type3: {{volatile: 512MiB, faults: [media_not_active]}}}}", [Write("region0/size", "0")]),

        // What a region of firmware's lists while it awaits others is given to a second region, let go, and given to a third.
        ["given away"] = """
            platform:
              firmware: {decoders: programmed}
              host_bridges:
                - {uid: 1, bus: 16, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}
                - {uid: 2, bus: 32, root_ports: [{switch: {ports: [{type3: {volatile: 256MiB}}]}}, {type3: {volatile: 256MiB, persistent: 512MiB}}]}
              windows:
                - {targets: [1, 2], restrictions: 6, arithmetic: xor, xor_maps: [0x21000100]}
            steps:
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 256}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 2}}
              - {write: {path: /sys/bus/cxl/devices/region1/size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder4.0}}
              - {write: {path: /sys/bus/cxl/devices/region1/target1, value: decoder6.0}}
              - {write: {path: /sys/bus/cxl/devices/region1/commit, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 256}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 2}}
              - {write: {path: /sys/bus/cxl/devices/region1/size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder3.0}}
              - {write: {path: /sys/bus/cxl/devices/region1/target1, value: decoder6.0}}
              - {write: {path: /sys/bus/cxl/devices/region1/commit, value: 1}}
            """,

        // Memory that is online holds the addresses of a locked region, whose decoders stay committed there for the region that is made next, at others.
        ["kept by a lock"] = """
            platform:
              kernel: {version: 7.0}
              host_bridges:
                - {uid: 1, bus: 16, root_ports: [{type3: {volatile: 256MiB}}]}
              windows:
                - {targets: [1], size: 1GiB, restrictions: 22}
            steps:
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 256}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/decoder2.0/mode, value: ram}}
              - {write: {path: /sys/bus/cxl/devices/decoder2.0/dpa_size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder2.0}}
              - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
              - {write: {path: /sys/bus/cxl/drivers/cxl_region/bind, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 256}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder2.0}}
              - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
            """,

        // The same, and the region is committed there.
        ["committed in another window"] = """
            platform:
              kernel: {version: 7.2}
              host_bridges:
                - {uid: 1, bus: 16, root_ports: [{type3: {volatile: 768MiB}}]}
              windows:
                - {targets: [1], restrictions: 22}
                - {targets: [1]}
            steps:
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 4096}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/decoder2.0/mode, value: ram}}
              - {write: {path: /sys/bus/cxl/devices/decoder2.0/dpa_size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder2.0}}
              - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.1/create_ram_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 8192}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region1/size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder2.0}}
              - {write: {path: /sys/bus/cxl/devices/region1/commit, value: 1}}
            """,

        // A locked decoder stays committed for all of the card, and the DPA of the next one begins behind that, where its driver does not have it.
        ["behind a locked one"] = """
            platform:
              firmware: {decoders: locked}
              host_bridges:
                - {uid: 1, bus: 16, root_ports: [{switch: {ports: [{type3: {volatile: 512MiB, persistent: 512MiB}}]}}]}
              windows:
                - {targets: [1]}
            steps:
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 4096}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/decoder3.0/dpa_size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder3.0}}
              - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 256}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region1/size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/decoder3.1/mode, value: ram}}
              - {write: {path: /sys/bus/cxl/devices/decoder3.1/dpa_size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder3.1}}
              - {write: {path: /sys/bus/cxl/devices/region1/commit, value: 1}}
            """,

        // A decoder that a lock keeps goes to a region of another window, which has no lock.
        ["kept in another window"] = """
            platform:
              kernel: {version: 7.3}
              host_bridges:
                - {uid: 1, bus: 16, root_ports: [{type3: {volatile: 256MiB}}]}
                - {uid: 2, bus: 32}
              windows:
                - {targets: [1], restrictions: 22}
                - {targets: [1, 2], granularity: 2048B}
            steps:
              - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 8192}}
              - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/decoder3.0/mode, value: ram}}
              - {write: {path: /sys/bus/cxl/devices/decoder3.0/dpa_size, value: 268435456}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder3.0}}
              - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
              - {write: {path: /sys/bus/cxl/devices/region0/target0, value: ""}}
              - {write: {path: /sys/bus/cxl/devices/decoder0.1/create_ram_region, value: region1}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 2048}}
              - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 2}}
              - {write: {path: /sys/bus/cxl/devices/region1/size, value: 536870912}}
              - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder3.0}}
            """,
    };

    public static TheoryData<string> Names => [.. Scenarios.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatLinuxDoes_BreaksNoInvariant(string name)
    {
        FuzzFailure? failure = FuzzCase.FailureOf(Read(Scenarios[name]), isTwice: false);

        failure.Should().BeNull();
    }

    /// <summary>The cases are what they say: all steps end as expected there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Case_EndsAsItSays(string name)
    {
        FuzzRun run = new(Read(Scenarios[name]));
        run.Run();

        run.Outcomes.Should().HaveCount(Read(Scenarios[name]).Platform.Steps.Count).And.OnlyContain(outcome => outcome.IsAsExpected);
    }

    /// <summary>Decoders that a kernel before has committed; a bridge that the CEDT forgets; ranges of a CXL 1.1 device that nobody commits.</summary>
    [Theory]
    [InlineData("kexec-through-a-passthrough-decoder")]
    [InlineData("no-chbs")]
    [InlineData("restricted-host")]
    public void Scenario_BreaksNoInvariant(string name) =>
        ScenarioReader.ReadFile(RepositoryRoot.File($"platforms/scenarios/{name}.yaml")).Cases.Select(scenario => FuzzCase.FailureOf(scenario, isTwice: false)).Should().ContainSingle().Which.Should().BeNull();

    /// <summary>One bridge and one window, and what is written one after the other.</summary>
    private static string Case(string firmware, string rootPorts, string[] steps, string windows = "{base: 0x1000000000, size: 4GiB, targets: [1]}") => $$"""
        platform:
          firmware: {decoders: {{firmware}} }
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{{rootPorts}}]}]
          windows: [{{windows}}]
        steps:
        {{string.Join('\n', steps)}}
        """;

    /// <summary>The writes that make a region of one way.</summary>
    private static string[] Region(string name, int granularity, ulong size) =>
    [
        Write("decoder0.0/create_ram_region", name), Write($"{name}/interleave_granularity", $"{granularity}"), Write($"{name}/interleave_ways", "1"), Write($"{name}/size", $"{size}"),
    ];

    private static string Write(string file, string value, string expected = "ok") => Step($"devices/{file}", value, expected);

    private static string Driver(string verb, string memdev, string expected = "ok") => Step($"drivers/cxl_mem/{verb}", memdev, expected);

    private static string Step(string file, string value, string expected) => $"  - {{write: {{path: /sys/bus/cxl/{file}, value: {value}}}, expect: {expected}}}";

    private static ScenarioCase Read(string text)
    {
        ScenarioReadResult read = ScenarioReader.ReadText(text, "case.yaml");
        read.Diagnostics.Should().BeEmpty();
        return read.Cases.Should().ContainSingle().Subject;
    }
}
