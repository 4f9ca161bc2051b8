using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests;

/// <summary>Decoders, devices and ranges of which Linux makes no memory, or not of all.</summary>
public sealed class RegionFindingsTests
{
    private const int Window = 0x64; // CFMWS with two targets, behind two CHBS
    private const string Bridges = """
        host_bridges:
          - {uid: 4, bus: 0x10, component_registers: 0x480000000, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}, {at: 02.0}]}
          - {uid: 5, bus: 0x20, component_registers: 0x480010000, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}, {at: 02.0}]}
        """;

    private const string Machine = $$"""
        memory: {dram: 1GiB}
        firmware: {decoders: locked}
        {{Bridges}}
        windows: [{base: 0x490000000, size: 2GiB, targets: [4, 5]}]
        """;

    /// <summary>70 GiB of RAM: blocks of 2 GiB on a bare machine.</summary>
    private const string LargeMachine = """
        memory: {dram: 70GiB}
        firmware: {decoders: locked}
        host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 8GiB}}]}]
        windows: [{base: 0x2050000000, size: 8GiB, targets: [4]}]
        """;

    private static readonly FunctionPlace Left = new(new Bdf(0, 0x11, 0, 0));
    private static readonly FunctionPlace Right = new(new Bdf(0, 0x21, 0, 0));

    [Fact]
    public void SoundMachine_HasNone() => new PatchedTables(Machine).Findings().Should().BeEmpty();

    [Fact]
    public void DecodersOutsideEveryWindow_AreNamedOneByOne() =>
        new PatchedTables(Machine).With("CEDT", Window + 0x0c, 5).Findings().Should().Equal(
            new KernelFinding(KernelRules.DecoderWithoutWindow, Left, "mem0:decoder3.0 committed for 0x490000000-0x50fffffff, which no window of Linux has"),
            new KernelFinding(KernelRules.DecoderWithoutWindow, Right, "mem1:decoder4.0 committed for 0x490000000-0x50fffffff, which no window of Linux has"));

    [Fact]
    public void WindowOfOtherTargets_MakesNoRegion()
    {
        // Both targets are bridge 4: what is below 5 has no place.
        KernelFinding found = new PatchedTables(Machine).With("CEDT", Window + 0x28, 4).Findings().Should().ContainSingle().Subject;

        (found.Rule, found.Place).Should().Be((KernelRules.RegionAssembly, (FindingPlace)Right));
        found.Found.Should().Be("region0 and mem1:decoder4.0 that do not fit: no decoder of root0 leads 0x490000000-0x50fffffff to mem1:decoder4.0 (ENXIO)");
    }

    /// <summary>Both targets are bridge 4; the decoders of bridge 5 lead nowhere.</summary>
    [Fact]
    public void RegionThatIsNotBroughtUp_HasARefusalToo()
    {
        Refusal refusal = new PatchedTables(Machine).With("CEDT", Window + 0x28, 4).Boot().Refusals.All.Should().ContainSingle().Subject;

        (refusal.Rule, refusal.Error, refusal.Subject, refusal.Write).Should().Be((RefusalRules.AutoPosition, Errno.ENXIO, "region0", null));
        refusal.Frames[^1].Function.Should().Be("cxl_add_to_region");
    }

    /// <summary>The region takes its ways from the decoder that is met first.</summary>
    [Fact]
    public void DecodersOfDifferentWays_DoNotFit() =>
        new PatchedTables(Machine) { Bus = Endpoint(0x21, 0x20, value => (value & ~0xf0UL) | 0x20) }.Findings()
            .Should().ContainSingle().Which.Should().Be(new KernelFinding(
                KernelRules.RegionMember, Right, "region0 and mem1:decoder4.0 that do not fit: mem1:decoder4.0: decoder-size-0x20000000 * ways-2 != region-size-0x80000000 (EINVAL)"));

    [Theory]
    [InlineData(0x20, 0x50UL, "Invalid interleave ways")]
    [InlineData(0x20, 0x0fUL, "Invalid interleave granularity")]
    [InlineData(0x24, 0xffff_ffffUL, "Failed to reserve")]
    public void RegistersWithoutMeaning_CostTheEndpoint(ulong register, ulong bits, string words)
    {
        KernelFinding found = new PatchedTables(Machine) { Bus = Endpoint(0x11, register, value => value | bits) }.Findings().Should().ContainSingle().Subject;

        (found.Rule, found.Place).Should().Be((KernelRules.DecoderRefused, (FindingPlace)Left));
        found.Found.Should().Contain("decoder3.0").And.Contain(words);
    }

    // CHBS base at 16: nothing answers there.
    [Fact]
    public void BridgeWhoseRegistersAreElsewhere_HasNoDecoders() =>
        new PatchedTables(Machine).With("CEDT", 0x34, BitConverter.GetBytes(0x4_7000_0000UL)).Findings()
            .Should().Contain(found => found.Rule == KernelRules.PortWithoutDecoders && found.Place.Equals(new BridgePlace(4)));

    [Fact]
    public void DeviceThatIsNotCapableOfCxlMem_IsNotUsed()
    {
        int dvsec = 0;
        PatchedTables machine = new(Machine)
        {
            Bus = bus => new PatchedBus(bus)
            {
                Config = (function, offset, value) =>
                {
                    dvsec = offset >= 0x108 && function == Left.Function && value == Dvsec.DeviceId && dvsec == 0 ? offset - Dvsec.Header2 : dvsec;
                    return function == Left.Function && dvsec > 0 && offset == dvsec + Dvsec.DeviceCapability ? value & ~(ulong)Dvsec.CapabilityMem : value;
                },
            },
        };

        machine.Findings().Should().ContainSingle().Which.Should().Be(new KernelFinding(KernelRules.NoCxlMem, Left, "mem0 without CXL.mem"));
    }

    [Fact]
    public void MediaThatComeTooLate_AreSaid() =>
        new PatchedTables(Machine + "\ntiming: {media_ready: 200s}").Findings().Where(found => found.Rule == KernelRules.MediaNotReady).Select(found => found.Place)
            .Should().Equal(Left, Right);

    /// <summary>Neither begins nor ends with a block; the rest is 6 GiB.</summary>
    [Fact]
    public void RegionInsideOfBlocks_LosesHeadAndTail() =>
        new PatchedTables(LargeMachine).Findings().Should().Equal(
            new KernelFinding(
                KernelRules.BlockAlignment,
                new TablePlace("CEDT", 0x4c, 8),
                "0x2050000000-0x224fffffff to begin inside a block of 2 GiB: 768 MiB lost",
                new FieldValue("CEDT", "Base HPA", 0x4c, 8, 0x20_8000_0000)),
            new KernelFinding(
                KernelRules.BlockAlignment,
                new TablePlace("CEDT", 0x54, 8),
                "0x2050000000-0x224fffffff to end inside a block of 2 GiB: 1280 MiB lost",
                null));

    /// <summary>The base that works, in the file.</summary>
    [Fact]
    public void RegionOfWholeBlocks_LosesNothing()
    {
        string moved = LargeMachine.Replace("0x2050000000", "0x2080000000");

        new PatchedTables(moved).Findings().Should().BeEmpty();
    }

    /// <summary>A base goes up, whatever is nearer; a size goes to what is nearest once the base is right.</summary>
    [Theory]
    [InlineData("0x2010000000, size: 8GiB", "Base HPA 0x2080000000")]
    [InlineData("0x2010000000, size: 6400MiB", "Base HPA 0x2080000000, Window Size 0x180000000 (6 GiB)")]
    [InlineData("0x2080000000, size: 7936MiB", "Window Size 0x200000000 (8 GiB)")]
    public void LostPieces_HaveAValueThatWorks(string window, string nearest) =>
        string.Join(", ", new PatchedTables(LargeMachine.Replace("0x2050000000, size: 8GiB", window)).Findings().Select(found => found.Nearest).OfType<FieldValue>()).Should().Be(nearest);

    [Fact]
    public void SoftReservedMemory_OfNoNodeOrNoSize()
    {
        const string machine = """
            memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 1}]}
            kernel: {command_line: "memmap=1G%64G+0xefffffff memmap=1M%80G+0xefffffff"}
            """;

        new PatchedTables(machine).Findings().Select(found => (found.Rule, found.Place)).Should().Equal(
            (KernelRules.KmemNode, new AddressPlace(AddressRange.Of(new Hpa(64UL << 30), ByteSize.GiB(1)))),
            (KernelRules.HmemAlignment, new AddressPlace(AddressRange.Of(new Hpa(80UL << 30), ByteSize.MiB(1)))));
    }

    /// <summary>One register of the first HDM decoder of the endpoint on a bus (CXL r3.1 8.2.4.20).</summary>
    private static Func<IHostBus, IHostBus> Endpoint(byte bus, ulong register, Func<ulong, ulong> change) => inner =>
    {
        Hpa block = Hpa.Zero;
        return new PatchedBus(inner)
        {
            Register = (address, value) =>
            {
                Hpa bar = new(inner.ReadConfig(new Bdf(0, bus, 0, 0), 0x10, 4) & ~0xfUL);
                bool isMine = address >= bar && address.Value - bar.Value < 0x1_0000;
                bool isHeader = isMine && (value & 0xffff) == ComponentRegisters.HdmDecoderId && value >> 20 != 0 && address.Value - bar.Value - 0x1000 < 0x100;
                block = isHeader ? bar + new ByteSize(0x1000 + (value >> 20)) : block;
                return block != Hpa.Zero && address == block + new ByteSize(register) ? change(value) : value;
            },
        };
    };
}
