using CxlSim.Platform.Writing;
using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>Every verb of a step.</summary>
public class StepTests
{
    private static readonly SourceLocation At = new("p.yaml", 1, 9);

    public static TheoryData<string, StepDescription> Steps => new()
    {
        { "{write: {path: a/b, value: 0x10}, expect: EBUSY}", new WriteStep(At, "a/b", "0x10") { Expect = Errno.EBUSY } },
        { "{read: a/b, expect: ok}", new ReadStep(At, "a/b") },
        { "{online: memory146}", new MemoryStateStep(At, "memory146", "online") },
        { "{online: {subject: dax0.0, state: online_movable}}", new MemoryStateStep(At, "dax0.0", "online_movable") },
        { "{offline: dax0.0}", new MemoryStateStep(At, "dax0.0", "offline") },
        { "{online: {size: 1GiB}}", new ChmemStep(At, true) { Size = ByteSize.GiB(1) } },
        { "{offline: {size: 1GiB, zone: Movable}}", new ChmemStep(At, false) { Size = ByteSize.GiB(1), Zone = "Movable" } },
        { "{online: {range: 0x0-0x7ffffff}}", new ChmemStep(At, true) { Range = AddressRange.FromBounds(new Hpa(0), new Hpa(0x7ffffff)) } },
        { "{offline: {blocks: 146-149}}", new ChmemStep(At, false) { Blocks = (146, 149) } },
        { "{online: {blocks: 146, zone: Normal}}", new ChmemStep(At, true) { Blocks = (146, 146), Zone = "Normal" } },
        { "{free: db}", new FreeStep(At, "db") },
        { "{enable-region: region0}", new CxlStep(At, CxlVerb.EnableRegion, "region0") },
        { "{destroy-region: {region: all, force: true}, expect: EBUSY}", new CxlStep(At, CxlVerb.DestroyRegion, "all") { Force = true, Expect = Errno.EBUSY } },
        { "{disable-memdev: card}", new CxlStep(At, CxlVerb.DisableMemdev, "card") },
        { "{enable-port: {port: port1, memdevs: true}}", new CxlStep(At, CxlVerb.EnablePort, "port1") { WithMemdevs = true } },
        { "{disable-port: {port: endpoint2, endpoint: true, force: true}}", new CxlStep(At, CxlVerb.DisablePort, "endpoint2") { IsEndpoint = true, Force = true } },
        { "{reserve-dpa: {memdev: mem0, type: pmem, size: 256MiB, decoder: 1}}", new CxlStep(At, CxlVerb.ReserveDpa, "mem0") { Type = "pmem", Size = ByteSize.MiB(256), Decoder = "1" } },
        { "{set-partition: {memdev: mem0, size: 0, align: true}}", new CxlStep(At, CxlVerb.SetPartition, "mem0") { Size = ByteSize.Zero, Align = true } },
        { "{clear-poison: {memdev: mem0, dpa: 0x40}}", new CxlStep(At, CxlVerb.ClearPoison, "mem0") { Address = new Dpa(0x40) } },
        { "{unplug: card, expect: EBUSY}", new UnplugStep(At, "card") { Expect = Errno.EBUSY } },
        { "{plug: card}", new PlugStep(At, "card") },
        { "{link-down: card}", new LinkDownStep(At, "card") },
        { "{link-up: card}", new LinkUpStep(At, "card") },
        { "{reset: card, expect: ENOTTY}", new ResetStep(At, "card") { Expect = Errno.ENOTTY } },
        { "{firmware-reset: cold}", new FirmwareResetStep(At, false) },
        { "{firmware-reset: warm}", new FirmwareResetStep(At, true) },
        { "{poison: {device: card, dpa: 0x40}}", new PoisonStep(At, "card", new Dpa(0x40), new ByteSize(64)) },
        { "{mailbox: {device: card, answer: busy}}", new MailboxStep(At, "card", new MailboxBehaviour(MailboxAnswerKind.Busy, null, 4, 1e9)) },
        { "{mailbox: {device: card, answer: error, code: 15, opcode: 0x4300}}", new MailboxStep(At, "card", new MailboxBehaviour(MailboxAnswerKind.Error, 0x4300, 15, 1e9)) },
        { "{kexec: 'quiet acpi=off'}", new KexecStep(At, "quiet acpi=off") },
        { "{wait: 100ms}", new WaitStep(At, 1e8) },
        { "{offline-memory: dax0.0}", new DaxctlStep(At, DaxctlVerb.OfflineMemory, "dax0.0") },
        { "{online-memory: {device: 0.1, no_movable: true}}", new DaxctlStep(At, DaxctlVerb.OnlineMemory, "0.1") { NoMovable = true } },
        { "{reconfigure-device: {device: all, mode: devdax, force: true}}", new DaxctlStep(At, DaxctlVerb.ReconfigureDevice, "all") { Mode = "devdax", Force = true } },
        { "{reconfigure-device: {device: dax0.0, mode: system-ram, no_online: true}}", new DaxctlStep(At, DaxctlVerb.ReconfigureDevice, "dax0.0") { Mode = "system-ram", NoOnline = true } },
        { "{reconfigure-device: {device: dax0.0, size: 0, align: 4KiB}}", new DaxctlStep(At, DaxctlVerb.ReconfigureDevice, "dax0.0") { Size = ByteSize.Zero, Alignment = ByteSize.KiB(4) } },
        { "{create-device: {}}", new DaxctlStep(At, DaxctlVerb.CreateDevice, "") },
        { "{create-device: {region: 2, size: 1GiB}}", new DaxctlStep(At, DaxctlVerb.CreateDevice, "") { Region = 2, Size = ByteSize.GiB(1) } },
        { "{destroy-device: {device: dax0.1, force: true}, expect: ENXIO}", new DaxctlStep(At, DaxctlVerb.DestroyDevice, "dax0.1") { Force = true, Expect = Errno.ENXIO } },
        { "{enable-device: dax0.1}", new DaxctlStep(At, DaxctlVerb.EnableDevice, "dax0.1") },
        { "{disable-device: dax0.1}", new DaxctlStep(At, DaxctlVerb.DisableDevice, "dax0.1") },
        { "{store: {hpa: 0xffffffffffffffff, value: 1_000}}", new StoreStep(At, new Hpa(ulong.MaxValue), 1000) },
        { "{load: {hpa: 0x10}}", new LoadStep(At, new Hpa(16), null) },
        { "{load: {hpa: 0x10, value: 7}}", new LoadStep(At, new Hpa(16), 7) },
        { "{load: {device: a, dpa: 8}}", new LoadMediaStep(At, "a", new Dpa(8), null) },
    };

    [Fact]
    public void ListsOfDaxctl_AreRead()
    {
        DaxctlStep[] steps = [.. Given.Platform("steps: [{create-device: {mappings: [0x2000-0x3fff, 0x0-0xfff]}}, {split-device: {device: dax0.0, sizes: [1GiB, 2GiB], force: true}}]").Steps.Cast<DaxctlStep>()];

        steps[0].Mappings.Should().Equal(AddressRange.FromBounds(new Hpa(0x2000), new Hpa(0x3fff)), AddressRange.FromBounds(new Hpa(0), new Hpa(0xfff)));
        (steps[1].Verb, steps[1].Device, steps[1].Force).Should().Be((DaxctlVerb.SplitDevice, "dax0.0", true));
        steps[1].Parts.Should().Equal(ByteSize.GiB(1), ByteSize.GiB(2));
    }

    /// <summary>What is written is read again as it was.</summary>
    [Theory]
    [InlineData("{reconfigure-device: {mode: system-ram, force: true, no_online: true, no_movable: true, device: \"dax0.0\"}}")]
    [InlineData("{reconfigure-device: {size: 1GiB, align: 4KiB, device: \"dax0.0\"}}")]
    [InlineData("{create-device: {region: 0, size: 1GiB, mappings: [0x0-0x1fffff]}}")]
    [InlineData("{create-device: {}}")]
    [InlineData("{split-device: {sizes: [1GiB, 2GiB], device: \"all\"}}")]
    [InlineData("{online-memory: \"dax0.0\"}")]
    [InlineData("{sanitize: \"mem0\"}")]
    [InlineData("{unplug: \"card\"}")]
    [InlineData("{plug: \"card\"}")]
    [InlineData("{link-down: \"card\"}")]
    [InlineData("{online: {size: 1GiB, zone: Movable}}")]
    [InlineData("{offline: {range: 0x1000000000-0x103fffffff}}")]
    [InlineData("{offline: {blocks: 146-149}}")]
    [InlineData("{online: {blocks: 146}}")]
    [InlineData("{link-up: \"card\"}")]
    [InlineData("{reset: \"card\"}")]
    [InlineData("{firmware-reset: warm}")]
    [InlineData("{firmware-reset: cold}")]
    [InlineData("{poison: {device: \"card\", dpa: 0x40, length: 4KiB}}")]
    [InlineData("{media-error: {device: \"card\", log: failure, dpa: 0x40, rank: 0x1, chip: 0x5, component_id: \"a b\"}}")]
    [InlineData("{dram-error: {device: \"card\", log: fatal, dpa: 0x0, column: 0xffff, correction_mask: [0x1, 0xffffffffffffffff]}}")]
    [InlineData("{module-event: {device: \"card\", log: warning, temperature: 0x28}}")]
    [InlineData("{correctable-error: {device: \"card\", type: crc-threshold}}")]
    [InlineData("{link-error: {device: \"card\", error: poisoned-tlp, header: [0x1, 0x2]}}")]
    [InlineData("{link-error: {device: \"card\", error: bad-dllp}}")]
    [InlineData("{uncorrectable-error: {device: \"card\", errors: [internal, mem-data-ecc], header: [0x3]}}")]
    [InlineData("{mailbox: {device: \"card\", answer: late, opcode: 0x4301, delay: 2.5ns}}")]
    [InlineData("{mailbox: {device: \"card\", answer: error, code: 15}}")]
    [InlineData("{kexec: \"quiet acpi=off\"}")]
    [InlineData("{wait: 1.5ns}")]
    [InlineData("{destroy-region: {force: true, region: \"all\"}}")]
    [InlineData("{enable-port: {endpoint: true, memdevs: true, port: \"endpoint2\"}}")]
    [InlineData("{free-dpa: {type: pmem, size: 256MiB, decoder: \"decoder2.0\", force: true, memdev: \"mem0\"}}")]
    [InlineData("{set-partition: {align: true, memdev: \"mem0\"}}")]
    [InlineData("{inject-poison: {dpa: 0x0, memdev: \"mem0\"}}")]
    public void StepOfATool_IsWritten(string text) => PlatformWriter.Write(Given.Platform($"steps: [{text}]")).Should().Contain(text);

    [Theory]
    [InlineData("{reconfigure-device: dax0.0}", "CXP0005")]
    [InlineData("{reconfigure-device: {mode: devdax}}", "CXP0004")]
    [InlineData("{reconfigure-device: {device: dax0.0, mode: hmem}}", "CXP0006")]
    [InlineData("{enable-device: {device: dax0.0}}", "CXP0005")]
    [InlineData("{split-device: {device: dax0.0}}", "CXP0004")]
    [InlineData("{online-memory: {device: dax0.0, force: true}}", "CXP0003")]
    [InlineData("{online: {size: 1GiB, blocks: 146}}", "CXP0003")]
    [InlineData("{offline: {size: 1GiB, zone: movable}}", "CXP0006")]
    [InlineData("{offline: {zone: Movable}}", "CXP0004")]
    [InlineData("{online: {zone: Movable}}", "CXP0004", "CXP0003")]
    [InlineData("{online: {blocks: 149-146}}", "CXP0008")]
    [InlineData("{online: {blocks: memory146}}", "CXP0006")]
    [InlineData("{online: {blocks: [146]}}", "CXP0005")]
    [InlineData("{inject-poison: mem0}", "CXP0005")]
    [InlineData("{firmware-reset: hot}", "CXP0006")]
    [InlineData("{wait: 2h}", "CXP0006")]
    [InlineData("{wait: 3601s}", "CXP0008")]
    [InlineData("{mailbox: {device: card}}", "CXP0004")]
    [InlineData("{media-error: {device: card, dpa: 0, rank: 256}}", "CXP0008")]
    [InlineData("{media-error: {device: card, dpa: 0, component_id: sixteen-letters-}}", "CXP0008")]
    [InlineData("{uncorrectable-error: {device: card, errors: [physical]}}", "CXP0006")]
    [InlineData("{inject-poison: {memdev: mem0}}", "CXP0004")]
    [InlineData("{reserve-dpa: {memdev: mem0, type: disk}}", "CXP0006")]
    [InlineData("{enable-memdev: {memdev: mem0}}", "CXP0005")]
    [InlineData("{disable-region: {region: region0, endpoint: true}}", "CXP0003")]
    public void StepOfATool_ThatMakesNoSense_IsRefused(string text, params string[] ids) =>
        PlatformReader.ReadStep(text, "step").Diagnostics.Select(diagnostic => diagnostic.Id).Should().Equal(ids);

    /// <summary>As on the command line: without braces as well.</summary>
    [Theory]
    [InlineData("offline-memory: dax0.0")]
    [InlineData("{offline-memory: dax0.0}")]
    public void OneStep_IsReadByItself(string text) =>
        PlatformReader.ReadStep(text, "p.yaml").Step.Should().BeOfType<DaxctlStep>().Which.Device.Should().Be("dax0.0");

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_IsRead(string text, StepDescription expected) => Given.Platform($"steps: [{text}]").Steps.Should().Equal(expected);

    [Fact]
    public void CreateRegion_IsRead()
    {
        const string text = "{create-region: {decoder: decoder0.0, type: pmem, memdevs: [mem1, mem0], granularity: 4KiB}}";
        CreateRegionStep step = (CreateRegionStep)Given.Platform($"steps: [{text}]").Steps.Single();
        step.Type.Should().Be("pmem");
        step.Memdevs.Should().Equal("mem1", "mem0");
        step.Size.Should().BeNull();
        step.Granularity.Should().Be(4096);
    }

    [Fact]
    public void Allocate_IsRead()
    {
        const string text = "{allocate: {size: 6GiB, task: db, kind: thp, policy: weighted-interleave, nodes: [1, 0], cpu_node: 2}}";
        AllocateStep step = (AllocateStep)Given.Platform($"steps: [{text}]").Steps.Single();
        (step.Size, step.Task, step.Kind, step.Policy, step.CpuNode).Should().Be((ByteSize.GiB(6), "db", "thp", "weighted-interleave", 2));
        step.Nodes.Should().Equal(1, 0);
    }

    [Fact]
    public void Allocate_NeedsOnlyASize()
    {
        AllocateStep step = (AllocateStep)Given.Platform("steps: [{allocate: {size: 1MiB}}]").Steps.Single();
        (step.Task, step.Kind, step.Policy, step.CpuNode).Should().Be(("task", "anonymous", "default", null));
        step.Nodes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{allocate: {size: 0}}")]
    [InlineData("{allocate: {task: db}}")]
    [InlineData("{allocate: {size: 1GiB, kind: swap}}")]
    [InlineData("{allocate: {size: 1GiB, policy: bound}}")]
    [InlineData("{allocate: {size: 1GiB, nodes: [1024]}}")]
    [InlineData("{allocate: {size: 1GiB, cpu_node: -1}}")]
    [InlineData("{free: {task: db}}")]
    public void WrongAllocation_IsReported(string text) => Given.Reading($"steps: [{text}]").Diagnostics.Should().ContainSingle().Which.Location.Line.Should().Be(1);
}
