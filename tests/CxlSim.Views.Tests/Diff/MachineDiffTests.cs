using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>What two machines do not have in common.</summary>
public class MachineDiffTests
{
    private const string TwoCards = """
        name: two-cards
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports:
              - {at: 01.0, port: 0, type3: {id: left, volatile: 1GiB}}
              - {at: 02.0, port: 1, type3: {id: right, volatile: 1GiB}}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private const string ThirdCard = "      - {at: 00.0, port: 2, type3: {id: first, volatile: 1GiB}}\n";

    [Fact]
    public void SameMachine_HasNoDifference() => Compare(Given.WithRegion(), Given.WithRegion()).IsSame.Should().BeTrue();

    [Fact]
    public void BlocksInARow_AreOneDifference()
    {
        DiffResult diff = Compare(Given.WithRegion(), Given.WithRegion().After("offline: memory513", "offline: memory514", "offline: memory516"));

        Lines(diff, "memory blocks").Should().Equal(
            "memory513-514: online in Normal of node1 > offline", "memory516: online in Normal of node1 > offline");
        Lines(diff, "nodes").Should().Equal("node1 memory: 1 GiB > 640 MiB");
        Lines(diff, "zones").Should().Equal("node1 Normal: 1 GiB present, 1 GiB managed > 640 MiB present, 640 MiB managed");
        Lines(diff, "capacity").Should().Equal(
            "card, in use: 1 GiB > 640 MiB", "card, stranded: 0 B > 384 MiB", "card, stranded: memory blocks 513-514,516 are offline:  > 384 MiB");
    }

    /// <summary>Blocks side by side to which not the same happened.</summary>
    [Fact]
    public void Blocks_AreJoinedByWhatHappened() => Lines(
        Compare(Given.WithRegion(), Given.WithRegion().After("offline: memory519", "offline: memory518", "write: {path: /sys/devices/system/memory/memory519/state, value: online_movable}")), "memory blocks")
        .Should().Equal("memory518: online in Normal of node1 > offline", "memory519: online in Normal of node1 > online in Movable of node1");

    /// <summary>A region that one machine has: its blocks, its lines, its objects, and no attribute of them.</summary>
    [Fact]
    public void Region_IsTold()
    {
        DiffResult diff = Compare(Given.Booted(), Given.WithRegion());

        Lines(diff, "memory tiers").Should().Equal("memory_tier22:  > nodes 1");
        Lines(diff, "iomem").Should().Equal(
            "  1000000000-103fffffff : region0:  > ", "    1000000000-103fffffff : dax0.0:  > ", "      1000000000-103fffffff : System RAM (kmem):  > ");
        Lines(diff, "nodes").Should().Contain("node1: possible > online").And.Contain("distance from node0 to node1:  > 20");
        string[] objects = [.. Lines(diff, "objects")];
        objects.Should().Contain("/sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/:  > cxl_region");
        objects.Should().Contain("/sys/devices/platform/ACPI0017:00/root0/port1/endpoint2/decoder2.0/dpa_size: 0x0000000000000000 > 0x0000000040000000");
        objects.Should().NotContainMatch("*region0/size*").And.NotContainMatch("*memory512*");
    }

    /// <summary>A card that is found first takes the numbers of the others; they are still what they were.</summary>
    [Fact]
    public void DevicesAreKnown_ByWhatTheyStandFor()
    {
        DiffResult diff = Compare(Given.Booted(TwoCards), Given.Booted(TwoCards.Insert(TwoCards.IndexOf("      - {at: 01.0", StringComparison.Ordinal), ThirdCard)));

        Lines(diff, "capacity").Should().Contain("first, free:  > 1 GiB").And.NotContainMatch("left*").And.NotContainMatch("right*");
        string[] objects = [.. Lines(diff, "objects")];
        objects.Should().Contain("/sys/devices/pci0000:10/0000:10:00.0/0000:11:00.0'/mem0'/:  > cxl_memdev");
        objects.Should().NotContainMatch("*/mem0/*").And.NotContainMatch("*/mem1/*");
        DiffText.Render(diff).Should().EndWith("\nNames are those of the first machine; what has a prime is called so by the second machine alone.\n");
    }

    /// <summary>Dimms and persistent regions are numbered as they are found, too.</summary>
    [Fact]
    public void PersistentDevicesAreKnown_ByWhatTheyStandFor()
    {
        const string two = """
            memory: {dram: 4GiB, cpus: 2}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {id: left, persistent: 1GiB}}, {at: 02.0, type3: {id: right, persistent: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5], restrictions: 0xf}]
            """;
        MachineSession both = Given.Booted(two).After("create-region: {decoder: decoder0.0, type: pmem, memdevs: [left]}", "create-region: {decoder: decoder0.0, type: pmem, memdevs: [right]}");
        MachineSession one = Given.Booted(two.Replace("type3: {id: left, persistent: 1GiB}", "port: 0", StringComparison.Ordinal)).After("create-region: {decoder: decoder0.0, type: pmem, memdevs: [right]}");

        string[] objects = [.. Lines(Compare(both, one), "objects")];

        objects.Should().ContainMatch("*/mem0/pmem0/*").And.NotContainMatch("*/mem1/pmem*").And.NotContainMatch("*/nmem1/*").And.NotContainMatch("*/region1/pmem_region*");
    }

    /// <summary>Two long values that begin alike: what differs is told.</summary>
    [Fact]
    public void LongValues_AreToldFromWhereTheyDiffer()
    {
        string same = new('x', 200);

        DiffText.Render(new DiffResult("a", "b", [new DiffGroup("zones", [new("node1", same + "1", same + "2")])])).Should().Contain($"  ~ node1: ...{new string('x', 20)}1 -> ...{new string('x', 20)}2\n");
    }

    [Fact]
    public void Step_IsTold()
    {
        MachineSession first = Given.WithRegion();
        MachineSession second = Given.WithRegion();
        StepOutcome done = first.Do("offline: memory513");
        StepOutcome refused = second.Do("offline: memory9999");

        MachineDiff.Of(Snapshot(first, done), Snapshot(second, refused with { Text = done.Text })).Groups[0].Entries.Should().Equal(new DiffEntry($"1. {done.Text}", "1 block", "ENOENT"));
    }

    [Fact]
    public void Log_CountsWhereItIsAskedFor()
    {
        MachineSnapshot first = MachineSnapshot.Of("a", Given.Booted().Machine, [], withLog: true);
        MachineSnapshot second = MachineSnapshot.Of("b", Given.Booted(Given.OneCard + "\nkernel: {command_line: quiet}").Machine, [], withLog: true);

        Lines(MachineDiff.Of(first, second), "kernel log").Should().Contain("Command line: quiet:  > ");
    }

    [Fact]
    public void Text_IsForAPerson() => DiffText.Render(new DiffResult("a.yaml", "b.yaml", [new DiffGroup("zones", [new("node1", "x", "y"), new("node2", "x\nz", null), new("node3", null, "")])])).Should().Be("""
        --- a.yaml
        +++ b.yaml

        zones
          ~ node1: x -> y
          - node2: x; z
          + node3

        """);

    [Fact]
    public void NothingDifferent_IsSaid() => DiffText.Render(new DiffResult("a", "b", [])).Should().Be("--- a\n+++ b\n\nNothing is different.\n");

    [Fact]
    public void Json_IsForPrograms() => DiffJson.Render(new DiffResult("a", "b", [new DiffGroup("zones", [new("node1", "x", null)])])).Should().Be("""
        {
          "first": "a",
          "second": "b",
          "same": false,
          "groups": [
            {
              "name": "zones",
              "entries": [
                {
                  "change": "gone",
                  "what": "node1",
                  "old": "x",
                  "new": null
                }
              ]
            }
          ]
        }

        """);

    private static DiffResult Compare(MachineSession first, MachineSession second) => MachineDiff.Of(Snapshot(first), Snapshot(second));

    private static MachineSnapshot Snapshot(MachineSession session, params StepOutcome[] steps) => MachineSnapshot.Of("machine", session.Machine, steps, withLog: false);

    private static IEnumerable<string> Lines(DiffResult diff, string group) =>
        diff.Groups.Where(found => found.Name == group).SelectMany(found => found.Entries).Select(entry => $"{entry.What}: {entry.Old} > {entry.New}");
}
