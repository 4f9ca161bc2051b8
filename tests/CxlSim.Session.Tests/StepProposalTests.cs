using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>A step that is refused says which key would have done; with that key the step passes.</summary>
public class StepProposalTests
{
    private const string FourBehindOneSwitch = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{switch: {ports: [{type3: {id: a, volatile: 1GiB}}, {type3: {id: b, volatile: 1GiB}},
             {type3: {id: c, volatile: 1GiB}}, {type3: {id: d, volatile: 1GiB}}]}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    /// <summary>Two bridges with two cards each.</summary>
    private const string FourCards = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {id: a, volatile: 1GiB}}, {at: 02.0, type3: {id: b, volatile: 1GiB}}]}
          - {uid: 6, bus: 0x20, root_ports: [{at: 01.0, type3: {id: c, volatile: 1GiB}}, {at: 02.0, type3: {id: d, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, granularity: 256, targets: [5, 6]}]
        """;

    [Theory]
    [InlineData("[right, left]", "memdevs: [left, right]")]
    [InlineData("[mem1, mem0]", "memdevs: [mem0, mem1]")]
    [InlineData("[left]", "memdevs: [left, right]")]
    [InlineData("[left, right], granularity: 512", "granularity: 256")]
    [InlineData("[left, right], size: 600MiB", "size: 512MiB")]
    [InlineData("[left, right], size: 8GiB", "size: 4GiB", "size: 2GiB")]
    [InlineData("[left, right], size: 3GiB", "size: 2GiB")]
    public void TwoWayWindow(string members, params string[] proposals) => Follow(Given.TwoCards, members, proposals);

    /// <summary>Members below one bridge side by side: the last target finds out.</summary>
    [Theory]
    [InlineData("[a, b, c, d]", "memdevs: [a, c, b, d]")]
    [InlineData("[a, d, c, b]", "memdevs: [a, d, b, c]")]
    [InlineData("[a, c, b]", "memdevs: [a, c]")]
    public void TwoWayWindowOfFourCards(string members, params string[] proposals) => Follow(FourCards, members, proposals);

    /// <summary>Recorded as refused: the switch's ports before the root ports (05-switch-8way).</summary>
    [Fact]
    public void EightCards_SwitchPortsBeforeRootPorts() => Follow(
        """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 12, bus: 0x0c, root_ports: [{switch: {ports: [{type3: {id: a, volatile: 256MiB}}, {type3: {id: b, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: c, volatile: 256MiB}}, {type3: {id: d, volatile: 256MiB}}]}}]}
          - {uid: 40, bus: 0x40, root_ports: [{switch: {ports: [{type3: {id: e, volatile: 256MiB}}, {type3: {id: f, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: g, volatile: 256MiB}}, {type3: {id: h, volatile: 256MiB}}]}}]}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12, 40], restrictions: 0xf}]
        """,
        "[a, e, b, f, c, g, d, h]",
        ["memdevs: [a, e, c, g, b, f, d, h]"]);

    [Theory]
    [InlineData("[a, b, c]", "memdevs: [a, b]")]
    [InlineData("[a, b, c, d], granularity: 16384", "granularity: 8192")]
    [InlineData("[a, b], granularity: 300", "granularity: 256")]
    [InlineData("[a], size: 100MiB", "size: 256MiB")]
    public void OneWayWindow(string members, params string[] proposals) => Follow(FourBehindOneSwitch, members, proposals);

    [Theory]
    [InlineData("{decoder: decoder9.9}", "CXK0157", "use decoder0.0")]
    [InlineData("{decoder: decoder0.0, memdevs: [nobody]}", "CXK0158", "use left, right, which decoder0.0 leads to")]
    [InlineData("{decoder: decoder0.0, type: pmem}", "CXK0159", "let the restrictions of a window allow pmem memory")]
    public void WhatTheToolRefuses_IsExplainedToo(string step, string rule, string nearest)
    {
        StepOutcome outcome = Given.Booted(Given.TwoCards).Do($"create-region: {step}");

        (outcome.Refusal!.Rule.Number, outcome.Refusal.Nearest!.Text, outcome.Proposal).Should().Be((rule, nearest, ""));
    }

    [Fact]
    public void DeviceOfAnotherWindow_NamesThatWindow()
    {
        string machine = Given.TwoCards.Replace("targets: [5, 6]}]", "targets: [5]}, {base: 0x1100000000, size: 4GiB, targets: [6]}]", StringComparison.Ordinal);

        Given.Booted(machine).Do("create-region: {decoder: decoder0.0, memdevs: [right]}").Refusal!.Nearest!.Text.Should().Be("use decoder0.1, which leads to right");
    }

    [Theory]
    [InlineData("write: {path: /sys/bus/cxl/devices/decoder2.0/dpa_size, value: 0x10000000}", "CXK0088")]
    [InlineData("write: {path: /sys/bus/cxl/devices/nope/size, value: 1}", "CXK0052")]
    [InlineData("read: /sys/bus/cxl/devices/mem0/nope", "CXK0052")]
    [InlineData("read: /sys/bus/cxl/devices/mem0", "CXK0054")]
    [InlineData("read: /sys/bus/cxl/devices/decoder0.0/delete_region", "CXK0053")]
    [InlineData("offline: memory512", "CXK0147", "offline: memory512")]
    [InlineData("load: {hpa: 0xffffffffffffffff}", null)]
    public void EachVerb_SaysWhichRule(string step, string? rule, string? before = null)
    {
        MachineSession session = before is null ? Given.Booted() : Given.WithRegion();
        if (before is not null)
        {
            session.Do(before).Error.Should().Be(Errno.Ok);
        }

        session.Do(step).Refusal?.Rule.Number.Should().Be(rule);
    }

    /// <summary>Does what is proposed until the step passes.</summary>
    private static void Follow(string machine, string members, string[] proposals)
    {
        CreateRegionStep step = (CreateRegionStep)Given.Described($"{machine}\nsteps: [create-region: {{decoder: decoder0.0, memdevs: {members}}}]").Steps[0];
        foreach (string proposal in proposals)
        {
            MachineSession session = Given.Booted(machine);
            StepOutcome refused = new StepRunner(session).Run(step);
            refused.Error.Should().NotBe(Errno.Ok);
            refused.Proposal.Should().Be(proposal, refused.Refusal!.Reason);
            step = StepProposal.Of(session, step, refused.Refusal)!;
        }

        StepOutcome outcome = new StepRunner(Given.Booted(machine)).Run(step);
        outcome.Error.Should().Be(Errno.Ok, outcome.Refusal?.Reason);
    }
}
