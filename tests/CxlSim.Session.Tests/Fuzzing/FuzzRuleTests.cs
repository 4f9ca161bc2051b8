using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>What Linux does and no invariant may call wrong. Each case has once been called so.</summary>
public class FuzzRuleTests
{
    /// <summary>A region that the decoders' registers know nothing of: they stay at what firmware has locked, and the driver takes them for committed.</summary>
    private const string Locked = """
        platform:
          firmware: {decoders: locked}
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}, {type3: {volatile: 512MiB}}]}]
          windows: [{base: 0x1000000000, size: 4GiB, targets: [1]}]
        steps:
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 1024}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
          - {write: {path: /sys/bus/cxl/devices/region0/size, value: 536870912}}
          - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder3.0}}
          - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}}
        """;

    /// <summary>The half of a region that never came up is not reset with it, and its decoder goes to another region as it is.</summary>
    private const string LeftCommitted = """
        platform:
          firmware: {decoders: programmed}
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}, {type3: {volatile: 512MiB, faults: [media_not_active]}}]}]
          windows: [{base: 0x1000000000, size: 4GiB, targets: [1]}]
        steps:
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 256}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
          - {write: {path: /sys/bus/cxl/devices/region0/size, value: 1073741824}}
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region1}}
          - {write: {path: /sys/bus/cxl/devices/region1/interleave_granularity, value: 16384}}
          - {write: {path: /sys/bus/cxl/devices/region1/interleave_ways, value: 1}}
          - {write: {path: /sys/bus/cxl/devices/region1/size, value: 536870912}}
          - {write: {path: /sys/bus/cxl/devices/region1/target0, value: decoder2.0}}
          - {write: {path: /sys/bus/cxl/devices/region1/commit, value: 1}}
        """;

    /// <summary>Hardware does not commit a decoder at addresses that a lower one has.</summary>
    private const string BelowWhatIsLeft = """
        platform:
          firmware: {decoders: programmed}
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 768MiB}}, {type3: {volatile: 256MiB}}]}]
          windows: [{base: 0x1000000000, size: 4GiB, targets: [1]}]
        steps:
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 1024}}
          - {write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 1}}
          - {write: {path: /sys/bus/cxl/devices/region0/size, value: 268435456}}
          - {write: {path: /sys/bus/cxl/devices/decoder3.1/mode, value: ram}}
          - {write: {path: /sys/bus/cxl/devices/decoder3.1/dpa_size, value: 268435456}}
          - {write: {path: /sys/bus/cxl/devices/region0/target0, value: decoder3.1}}
          - {write: {path: /sys/bus/cxl/devices/region0/commit, value: 1}, expect: EIO}
        """;

    /// <summary>Setting the mode frees nothing.</summary>
    private const string OtherMode = """
        platform:
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, persistent: 512MiB}}]}]
          windows: [{base: 0x1000000000, size: 4GiB, targets: [1]}]
        steps:
          - {write: {path: /sys/bus/cxl/devices/decoder2.0/mode, value: pmem}}
          - {write: {path: /sys/bus/cxl/devices/decoder2.0/dpa_size, value: 268435456}}
          - {write: {path: /sys/bus/cxl/devices/decoder2.0/mode, value: ram}}
        """;

    /// <summary>The port of the switch comes back before the probe fails, and its registers are a line of /proc/iomem.</summary>
    private const string FailedProbe = """
        platform:
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{switch: {ports: [{type3: {persistent: 256MiB}}, {type3: {volatile: 256MiB}}]}}]}]
        steps:
          - {write: {path: /sys/bus/cxl/drivers/cxl_mem/unbind, value: mem1}}
          - {write: {path: /sys/bus/cxl/drivers/cxl_mem/bind, value: mem0}, expect: ENODEV}
        """;

    [Theory]
    [InlineData(Locked)]
    [InlineData(LeftCommitted)]
    [InlineData(BelowWhatIsLeft)]
    [InlineData(OtherMode)]
    [InlineData(FailedProbe)]
    public void WhatLinuxDoes_BreaksNoInvariant(string scenario)
    {
        FuzzFailure? failure = FuzzCase.FailureOf(Read(scenario), isTwice: false);

        failure.Should().BeNull();
    }

    /// <summary>The cases are what they say: all steps end as expected there.</summary>
    [Theory]
    [InlineData(Locked)]
    [InlineData(LeftCommitted)]
    [InlineData(BelowWhatIsLeft)]
    [InlineData(OtherMode)]
    [InlineData(FailedProbe)]
    public void Case_EndsAsItSays(string scenario)
    {
        FuzzRun run = new(Read(scenario));
        run.Run();

        run.Outcomes.Should().HaveCount(Read(scenario).Platform.Steps.Count).And.OnlyContain(outcome => outcome.IsAsExpected);
    }

    /// <summary>Decoders that a kernel before has committed; a bridge that the CEDT forgets; ranges of a CXL 1.1 device that nobody commits.</summary>
    [Theory]
    [InlineData("kexec-through-a-passthrough-decoder")]
    [InlineData("no-chbs")]
    [InlineData("restricted-host")]
    public void Scenario_BreaksNoInvariant(string name) =>
        ScenarioReader.ReadFile(RepositoryRoot.File($"platforms/scenarios/{name}.yaml")).Cases.Select(scenario => FuzzCase.FailureOf(scenario, isTwice: false)).Should().ContainSingle().Which.Should().BeNull();

    private static ScenarioCase Read(string text)
    {
        ScenarioReadResult read = ScenarioReader.ReadText(text, "case.yaml");
        read.Diagnostics.Should().BeEmpty();
        return read.Cases.Should().ContainSingle().Subject;
    }
}
