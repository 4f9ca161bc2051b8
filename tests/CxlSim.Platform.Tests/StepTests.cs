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
        { "{free: db}", new FreeStep(At, "db") },
        { "{store: {hpa: 0xffffffffffffffff, value: 1_000}}", new StoreStep(At, new Hpa(ulong.MaxValue), 1000) },
        { "{load: {hpa: 0x10}}", new LoadStep(At, new Hpa(16), null) },
        { "{load: {hpa: 0x10, value: 7}}", new LoadStep(At, new Hpa(16), 7) },
        { "{load: {device: a, dpa: 8}}", new LoadMediaStep(At, "a", new Dpa(8), null) },
    };

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
