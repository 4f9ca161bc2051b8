using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.CxlTest;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>All units of the mock platform of cxl_test as they are after power-on, at the addresses of <see cref="MockLayout"/>.</summary>
internal sealed class MockUnits
{
    private readonly ComponentRegisterBlock[] _bridges;
    private readonly ComponentRegisterBlock[] _switches;
    private readonly RcrbBlock _rcrb;

    public MockUnits(Simulation simulation, TimingDescription timing)
    {
        Memdevs = [.. Enumerable.Range(0, MockLayout.Memdevs + 1).Select(id => new MockMemdev(simulation, id, timing))];
        _bridges = [.. Enumerable.Range(0, MockLayout.RestrictedBridge).Select(id => new ComponentRegisterBlock(ComponentCapabilities.OfHostBridge(NewBank("cxl_host_bridge", id))))];
        _switches = [.. Enumerable.Range(0, MockLayout.RootPorts).Select(id => new ComponentRegisterBlock(ComponentCapabilities.Of(NewBank("cxl_switch_uport", id))))];
        _rcrb = new RcrbBlock(new ComponentRegisterBlock(ComponentCapabilities.OfRestrictedPort()), Memdevs[MockLayout.RestrictedMemdev].Components);
        Open(0, MockLayout.RestrictedPort);
        Open(RcrbRegisters.UpstreamPort, MockLayout.MemdevComponents(MockLayout.RestrictedMemdev));

        HdmDecoderBank NewBank(string kind, int id) => new(
            simulation, string.Create(CultureInfo.InvariantCulture, $"{kind}.{id}"), MockLayout.Decoders, MockLayout.Targets, InterleaveCapabilities.All, SimDuration.Nanoseconds(timing.DecoderCommitNs));
    }

    public IReadOnlyList<MockMemdev> Memdevs { get; }

    /// <summary>Which registers answer where.</summary>
    public IEnumerable<(AddressRange Range, IRegisterBlock Block)> Blocks =>
    [
        .. _bridges.Select((block, id) => Component(MockLayout.HostBridge(id), block)),
        (AddressRange.Of(MockLayout.HostBridge(MockLayout.RestrictedBridge), new ByteSize(RcrbRegisters.Size)), _rcrb),
        .. _rcrb.Open().Select(open => Component(open.Address, open.Block)),
        .. _switches.Select((block, id) => Component(MockLayout.Switch(id), block)),
        .. Memdevs.Take(MockLayout.Memdevs).Select((memdev, id) => Component(MockLayout.MemdevComponents(id), memdev.Components)),
        .. Memdevs.Select((memdev, id) => Component(MockLayout.MemdevRegisters(id), memdev.Registers)),
    ];

    /// <summary>The components, for a debugger.</summary>
    public IEnumerable<HardwareUnit> Units =>
    [
        .. _bridges.Concat(_switches).Select(block => new HardwareUnit(block.Hdm!.Unit, null, [HardwareRegisters.Of(block)])),
        .. Memdevs.Select(memdev => new HardwareUnit(memdev.Hdm.Unit, null, [HardwareRegisters.Of(memdev.Components), HardwareRegisters.Of(memdev.Registers)])),
    ];

    /// <summary>What firmware would have done: the first decoders of devices 0 and 4, of their switch and of their host bridge map a region at <paramref name="start"/>.</summary>
    public void CommitAutoRegion(Hpa start)
    {
        const int granularity = 4096;
        Commit(_bridges[0].Hdm!, start, 1, granularity, targets: 0);
        Commit(_switches[0].Hdm!, start, 2, granularity, targets: 4 << 8);
        Commit(Memdevs[0].Hdm, start, 2, granularity, targets: 0);
        Commit(Memdevs[4].Hdm, start, 2, granularity, targets: 0);
    }

    private static (AddressRange Range, IRegisterBlock Block) Component(Hpa start, IRegisterBlock block) =>
        (AddressRange.Of(start, new ByteSize(ComponentRegisters.BlockSize)), block);

    private static void Commit(HdmDecoderBank bank, Hpa start, int ways, int granularity, uint targets)
    {
        Interleave.TryEncodeWays(ways, out byte eiw);
        Interleave.TryEncodeGranularity(granularity, out byte eig);
        ulong size = MockLayout.AutoRegion.Bytes;
        (int Register, uint Value)[] writes =
        [
            (HdmDecoderRegisters.BaseLow, Bits.Low32(start.Value)), (HdmDecoderRegisters.BaseHigh, Bits.High32(start.Value)),
            (HdmDecoderRegisters.SizeLow, Bits.Low32(size)), (HdmDecoderRegisters.SizeHigh, Bits.High32(size)),
            (HdmDecoderRegisters.TargetLow, targets),
            (HdmDecoderRegisters.Control, eig | ((uint)eiw << 4) | HdmDecoderRegisters.ControlHostOnly | HdmDecoderRegisters.ControlCommit),
        ];
        foreach ((int register, uint value) in writes)
        {
            bank.Write(HdmDecoderRegisters.OffsetOf(0, register), value);
        }
    }

    /// <summary>Component registers answer where one half of the RCRB says.</summary>
    private void Open(int half, Hpa components)
    {
        _rcrb.Write(half + PciConfig.Bar0, Bits.Low32(components.Value));
        _rcrb.Write(half + PciConfig.Bar0 + 4, Bits.High32(components.Value));
        _rcrb.Write(half + PciConfig.Command, PciConfig.CommandMemory);
    }
}
