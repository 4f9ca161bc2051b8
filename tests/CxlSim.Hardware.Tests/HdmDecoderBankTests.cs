using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Hardware.Tests;

public class HdmDecoderBankTests
{
    private const ulong Start = Bench.Window;
    private const ulong Unit = 0x10000000;

    private readonly Bench _bench = new Bench(Bench.TwoDevices).SwitchOn();

    private HdmDriver Endpoint => _bench.Device(0);

    private HdmDriver Bridge => _bench.Bridge;

    [Fact]
    public void Capability_TellsCountTargetsAndInterleave()
    {
        // Four decoders are code 2; bits 8, 9, 11, 12: every interleave (CXL r3.1 8.2.4.20.1).
        (Endpoint.Capability & 0x1bff).Should().Be(0x1b02);
        (Bridge.Capability & 0x1bff).Should().Be(0x1b82);
    }

    /// <summary>The low bits of the capability are the code of four decoders; a decoder that would need what is not there is not committed.</summary>
    [Theory]
    [InlineData("[]", 0x0002, 0x80, HdmDriver.ErrorNotCommitted)]
    [InlineData("[bits_8_to_11]", 0x0102, 0x40, HdmDriver.ErrorNotCommitted)]
    [InlineData("[]", 0x0002, 0x06, HdmDriver.Committed)]
    [InlineData("[]", 0x0002, 0x16, HdmDriver.ErrorNotCommitted)]
    [InlineData("[bits_8_to_11]", 0x0102, 0x13, HdmDriver.Committed)]
    [InlineData("[bits_8_to_11]", 0x0102, 0x23, HdmDriver.ErrorNotCommitted)]
    [InlineData("[bits_12_to_14]", 0x0202, 0x10, HdmDriver.ErrorNotCommitted)]
    [InlineData("[bits_12_to_14]", 0x0202, 0x14, HdmDriver.Committed)]
    [InlineData("[bits_12_to_14]", 0x0202, 0x16, HdmDriver.Committed)]
    [InlineData("[bits_8_to_11, bits_12_to_14]", 0x0302, 0x26, HdmDriver.ErrorNotCommitted)]
    [InlineData("[ways_3_6_12]", 0x0802, 0x80, HdmDriver.Committed)]
    [InlineData("[ways_3_6_12]", 0x0802, 0xa0, HdmDriver.ErrorNotCommitted)]
    [InlineData("[ways_3_6_12, bits_8_to_11]", 0x0902, 0xa0, HdmDriver.Committed)]
    [InlineData("[ways_16, bits_8_to_11]", 0x1102, 0x40, HdmDriver.Committed)]
    [InlineData("[ways_16, bits_8_to_11]", 0x1102, 0x90, HdmDriver.ErrorNotCommitted)]
    public void Interleave_IsWhatTheComponentCan(string capabilities, uint capability, uint code, uint expected)
    {
        Bench bench = new($"host_bridges: [{{uid: 1, bus: 0x10, root_ports: [{{type3: {{volatile: 1GiB, interleave: {capabilities}}}}}]}}]\nwindows: [{{size: 1GiB, targets: [1]}}]");
        (bench.Device(0).Capability & 0x1b0f).Should().Be(capability);
        bench.Device(0).Program(0, Start, Unit, code).Should().Be(expected);
    }

    [Fact]
    public void Commit_TakesVirtualTime()
    {
        SimTime before = _bench.Simulation.Now;
        Endpoint.Begin(0, Start, Unit);
        (Endpoint.Control(0) & HdmDriver.Committed).Should().Be(0);

        _bench.Simulation.RunUntilIdle();

        (Endpoint.Control(0) & HdmDriver.Committed).Should().Be(HdmDriver.Committed);
        (_bench.Simulation.Now - before).Should().BeGreaterThan(SimDuration.Zero);
    }

    /// <summary>Bit 1 of the global control switches a device's decoders on; a port has no such bit (CXL r3.1 8.2.4.20.2).</summary>
    [Fact]
    public void GlobalEnable_IsOfDevicesAlone()
    {
        (Endpoint.Global, Bridge.Global) = (3, 3);

        (Endpoint.Global, Bridge.Global).Should().Be((3, 1));
    }

    /// <summary>What is written to a committed decoder decodes when it is committed again, and not with whatever is written elsewhere.</summary>
    [Fact]
    public void CommittedDecoder_DecodesWhatWasCommitted()
    {
        Endpoint.Program(0, Start, Unit);
        Bridge.Program(0, Start, 4 * Unit, targets: 3);
        _bench.Store64(Start, 7).Should().Be(BusResult.Done);

        Endpoint[0, 0x04] = (uint)((Start + Unit) >> 32);
        Endpoint[0, 0x00] = (uint)((Start + Unit) & 0xffffffff);
        Endpoint.Global = 3;

        _bench.Load64(Start, out BusResult old).Should().Be(7);
        old.Should().Be(BusResult.Done);
        _bench.Load64(Start + Unit, out BusResult fresh);
        fresh.Should().NotBe(BusResult.Done);
    }

    public static TheoryData<string, ulong, ulong, uint> BadDecoders => new()
    {
        { "zero size", Start, 0, 0x00 },
        { "ways code 5", Start, Unit, 0x50 },
        { "ways code 11", Start, Unit, 0xb0 },
        { "granularity code 7", Start, Unit, 0x07 },
        { "an end past 64 bits", 0xfffffffff0000000, 2 * Unit, 0x00 },
    };

    [Theory]
    [MemberData(nameof(BadDecoders))]
    public void Commit_IsRefused_WhenTheRegistersAreNoDecoder(string what, ulong start, ulong size, uint code) =>
        Endpoint.Program(0, start, size, code).Should().Be(HdmDriver.ErrorNotCommitted, what);

    [Theory]
    [InlineData(0x30, HdmDriver.Committed)]
    [InlineData(0x90, HdmDriver.Committed)]
    [InlineData(0x40, HdmDriver.ErrorNotCommitted)]
    [InlineData(0xa0, HdmDriver.ErrorNotCommitted)]
    public void PortDecoder_TakesUpToEightWays(uint code, uint expected) => Bridge.Program(0, Start, Unit, code).Should().Be(expected);

    [Fact]
    public void EndpointDecoder_TakesSixteenWays() => Endpoint.Program(0, Start, Unit, 0x40).Should().Be(HdmDriver.Committed);

    [Fact]
    public void Commit_IsRefused_WhenTheDecoderBeforeIsNotCommitted() => Endpoint.Program(1, Start, Unit).Should().Be(HdmDriver.ErrorNotCommitted);

    [Theory]
    [InlineData(Start, HdmDriver.ErrorNotCommitted)]
    [InlineData(Start - Unit, HdmDriver.ErrorNotCommitted)]
    [InlineData(Start + Unit, HdmDriver.ErrorNotCommitted)]
    [InlineData(Start + (2 * Unit), HdmDriver.Committed)]
    [InlineData(Start + (9 * Unit), HdmDriver.Committed)]
    public void Commit_IsRefused_WhenTheRangeDoesNotLieAboveTheDecoderBefore(ulong start, uint expected)
    {
        Endpoint.Program(0, Start, 2 * Unit);
        Endpoint.Program(1, start, Unit).Should().Be(expected);
    }

    [Fact]
    public void RefusedDecoder_CommitsAfterItWasClearedAndMended()
    {
        Endpoint.Program(0, Start, 0).Should().Be(HdmDriver.ErrorNotCommitted);
        Endpoint[0, 0x10] = 0;
        (Endpoint.Control(0) & HdmDriver.ErrorNotCommitted).Should().Be(0);

        Endpoint.Program(0, Start, Unit).Should().Be(HdmDriver.Committed);
    }

    [Fact]
    public void LockedDecoder_DropsEveryWrite()
    {
        HdmDriver endpoint = Endpoint;
        endpoint.Program(0, Start, Unit, 0x00, 0, HdmDriver.Lock);
        uint[] before = [.. Enumerable.Range(0, 7).Select(i => endpoint[0, 4 * i])];

        for (int register = 0; register < 0x20; register += 4)
        {
            endpoint[0, register] = 0;
            endpoint[0, register] = uint.MaxValue;
        }

        Enumerable.Range(0, 7).Select(i => endpoint[0, 4 * i]).Should().Equal(before);
        (endpoint.Control(0) & HdmDriver.Committed).Should().Be(HdmDriver.Committed);
    }

    // Lock on commit is what its name says: before the commit nothing is locked.
    [Fact]
    public void RefusedDecoder_IsNotLocked()
    {
        Endpoint.Program(0, Start, 0, 0, 0, HdmDriver.Lock).Should().Be(HdmDriver.ErrorNotCommitted);
        Endpoint[0, 0x10] = 0;

        Endpoint.Program(0, Start, Unit).Should().Be(HdmDriver.Committed);
    }

    [Fact]
    public void ClearingCommit_TakesTheDecoderOutAtOnce()
    {
        Endpoint.Program(0, Start, Unit);
        Endpoint[0, 0x10] = 0;

        (Endpoint.Control(0) & HdmDriver.Committed).Should().Be(0);
        _bench.Machine.Devices[0].Hdm!.Committed().Should().BeEmpty();
    }

    [Fact]
    public void ClearingCommit_BeforeItsTime_LeavesTheDecoderOut()
    {
        Endpoint.Begin(0, Start, Unit);
        Endpoint[0, 0x10] = 0;
        _bench.Simulation.RunUntilIdle();

        (Endpoint.Control(0) & (HdmDriver.Committed | HdmDriver.ErrorNotCommitted)).Should().Be(0);
    }

    [Fact]
    public void CommitThatWasTakenBackAndGivenAgain_TakesItsFullTime()
    {
        Endpoint.Begin(0, Start, Unit);
        _bench.Simulation.Schedule(SimDuration.Nanoseconds(1), EventPriority.Device, new Later(() =>
        {
            Endpoint[0, 0x10] = 0;
            Endpoint[0, 0x10] = HdmDriver.Commit;
        }));

        _bench.Simulation.Step();
        _bench.Simulation.Step();

        // The first attempt's time is over, the second's is not.
        (Endpoint.Control(0) & HdmDriver.Committed).Should().Be(0);
        _bench.Simulation.RunUntilIdle();
        (Endpoint.Control(0) & HdmDriver.Committed).Should().Be(HdmDriver.Committed);
    }

    [Fact]
    public void BaseAndSize_KeepOnlyUnitsOf256MiB()
    {
        foreach (int low in new[] { 0x00, 0x08 })
        {
            Bridge[0, low] = uint.MaxValue;
            Bridge[0, low + 4] = uint.MaxValue;
            Bridge[0, low].Should().Be(0xf0000000);
            Bridge[0, low + 4].Should().Be(uint.MaxValue);
        }
    }

    // The same registers: eight port numbers in a bridge, a capacity in a device.
    [Fact]
    public void TargetList_KeepsEveryBit_AndSkipOnlyUnitsOf256MiB()
    {
        Bridge[0, 0x14] = 0x12345678;
        Endpoint[0, 0x14] = 0x12345678;

        Bridge[0, 0x14].Should().Be(0x12345678);
        Endpoint[0, 0x14].Should().Be(0x10000000);
    }

    [Fact]
    public void Software_CannotSetTheStatusBits()
    {
        Endpoint[0, 0x10] = HdmDriver.Committed | HdmDriver.ErrorNotCommitted;
        Endpoint.Control(0).Should().Be(0);
    }

    private sealed class Later(Action action) : SimHandler
    {
        protected override void Handle(ulong argument) => action();
    }
}
