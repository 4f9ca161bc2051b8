using System.Text;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>What is gathered for an explanation, and the file in which a shell finds the last refusal.</summary>
public class ExplanationTests
{
    private static readonly string[] LastRefusal = ["run", "explain"];

    /// <summary>Two cards in one region, of which one is taken by force: Linux goes on using all of it, and one chunk in two leads nowhere. Once the memory is offline nothing is lost.</summary>
    [Fact]
    public void MemoryThatNothingDecodesAnyMore_IsLost_WhileItIsOnline()
    {
        MachineSession session = Given.Booted("kernel: {command_line: memhp_default_state=online_movable}\n" + Given.TwoCards);
        session.Do(["create-region: {decoder: decoder0.0, size: 1GiB}"]);
        LostMemory.Of(session.Machine).Should().BeEmpty();

        session.Do(["disable-memdev: {memdev: mem1, force: true}"]);
        AddressRange region = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));
        LostMemory.Of(session.Machine).Should().Equal(region);
        Explanation.Of(session, []).Findings.Should().Contain(finding => finding.Rule == KernelRules.MemoryLost && finding.Found == $"1 GiB online at {region}");

        foreach (MemoryBlock block in session.Kernel.Memory.BlocksIn(region).Skip(2).ToArray())
        {
            session.Write($"/sys/devices/system/memory/memory{block.Id}/state", "offline").Should().Be(Errno.Ok);
        }

        LostMemory.Of(session.Machine).Should().Equal(AddressRange.Of(region.Start, ByteSize.MiB(256)));
    }

    /// <summary>A device that was reset decodes nothing; the other one still answers its chunks.</summary>
    [Fact]
    public void MemoryOfWhichOneWayLeadsNowhere_IsLost()
    {
        MachineSession session = Given.Booted(Given.TwoCards);
        session.Do(["create-region: {decoder: decoder0.0, size: 1GiB}"]);

        session.Write("/sys/bus/pci/devices/0000:21:00.0/reset", "1").Should().Be(Errno.Ok);

        session.Machine.Resolve(new Hpa(0x1000000000)).Should().NotBeNull();
        session.Machine.Resolve(new Hpa(0x1000000100)).Should().BeNull();
        LostMemory.Of(session.Machine).Should().ContainSingle().Which.Size.Should().Be(ByteSize.GiB(1));
    }

    /// <summary>
    /// Firmware stopped at the second card, which cannot interleave, and left the first for two ways. A region of that card alone is committed without a write:
    /// each second chunk is one that is there already (seen on Linux 6.12.107, after a kexec, with the decoders of a region of four ways in one of two).
    /// </summary>
    [Fact]
    public void ADecoderThatIsCommittedForSomethingElse_StaysAsItIs()
    {
        MachineSession session = Given.Booted("""
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB, interleave: []}}]}]
            windows: [{base: 0x1000000000, targets: [5]}]
            """);
        CxlEndpointDecoder decoder = session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Single().Targets.OfType<CxlEndpointDecoder>().Single();
        foreach ((string file, string value) in new[]
        {
            ("decoder0.0/delete_region", "region0"), ("decoder0.0/create_ram_region", "region0"), ("region0/interleave_granularity", "256"), ("region0/interleave_ways", "1"),
            ("region0/size", "0x10000000"), ("region0/target0", decoder.Name), ("region0/commit", "1"),
        })
        {
            session.Write($"/sys/bus/cxl/devices/{file}", value).Should().Be(Errno.Ok, file);
        }

        decoder.Ways.Should().Be(1);
        session.Machine.Resolve(new Hpa(0x1000000100)).Should().Be(session.Machine.Resolve(new Hpa(0x1000000000)));
        Explanation.Of(session, []).Findings.Should().ContainSingle(finding => finding.Rule == KernelRules.DecoderKept)
            .Which.Found.Should().Be($"{decoder.Name} asked for 0x1000000000 size 0x10000000 x1 at 256, and committed for 0x1000000000 size 0x20000000 x2 at 256");
    }

    [Fact]
    public void EachRefusal_IsToldOnce()
    {
        MachineSession session = Given.Booted(Given.TwoCards);
        StepOutcome wrong = session.Do("create-region: {decoder: decoder0.0, memdevs: [right, left]}");
        StepOutcome right = session.Do("create-region: {decoder: decoder0.0, memdevs: [left, right]}");

        ExplainReport report = Explanation.Of(session, [wrong, right]);

        report.Steps.Should().Equal(wrong);
        report.Refusals.Should().BeEmpty("what refused a step stands with the step");
        report.Findings.Should().BeEmpty();
        report.Total(CapacityUse.InUse).Should().Be(ByteSize.GiB(2));
    }

    /// <summary>The first node has all memory: no domain covers what is soft-reserved at 64 GiB.</summary>
    [Fact]
    public void WhatTheKernelTriedByItself_StandsApart()
    {
        MachineSession session = Given.Booted("""
            memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 1}]}
            kernel: {command_line: "memmap=1G%64G+0xefffffff"}
            """);

        ExplainReport report = Explanation.Of(session, []);

        Refusal refusal = report.Refusals.Should().ContainSingle().Subject;
        (refusal.Rule, refusal.Error, refusal.Write).Should().Be((KernelRules.KmemNode, Errno.EINVAL, null));
        refusal.Frames.Select(frame => frame.Function).Should().EndWith("dev_dax_kmem_probe");
    }

    [Fact]
    public void File_ShowsTheLastRefusal_WhateverWorkedAfterIt()
    {
        MachineSession session = Given.Booted(Given.TwoCards);
        using LiveMachine machine = new(session);
        KernelTree tree = new(session);
        Read(machine, tree).Should().Be("no write was refused\n");

        session.Do("create-region: {decoder: decoder0.0, memdevs: [right, left]}").Error.Should().Be(Errno.ENXIO);

        Read(machine, tree).Should().Be("""
            CXK0104 the window has another host bridge at this position
              object   region0
              write    'decoder4.0' to /sys/bus/cxl/devices/region0/target0
              in       store_targetN region0 > cxl_region_attach region0 decoder4.0 > cxl_region_attach_position (drivers/cxl/core/region.c)
              answer   ENXIO
              reason   mem1:decoder4.0 invalid target position for decoder0.0
              values   position = 0, host bridge of mem1 = 6, host bridge of decoder0.0 there = 5
              nearest  write decoder4.0 to region0/target1: decoder0.0 has host bridges in the order 5, 6

            """);
    }

    private static string Read(LiveMachine machine, KernelTree tree)
    {
        OpenedFile file = machine.Look("open", () => tree.Open(LastRefusal, OpenFlags.Read).File!);
        return Encoding.UTF8.GetString(machine.Do("read", _ => file.ReadAsync(0, 1 << 16)).Bytes.Span);
    }
}
