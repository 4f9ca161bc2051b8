using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>What a decoder's capability register allows.</summary>
public sealed class HdmRegistersTests
{
    private const uint BothHalves = 0x300;
    private const uint All = BothHalves | 0x1800;

    [Theory]
    [InlineData(2, 16384)]
    [InlineData(3, 16384)]
    [InlineData(6, 16384)]
    [InlineData(4, 8192)]
    [InlineData(12, 8192)]
    [InlineData(8, 4096)]
    [InlineData(16, 2048)]
    public void EveryInterleaveBit_LimitsTheGranularityByTheWays(int ways, int most)
    {
        HdmRegisters registers = With(All);

        registers.Supports(ways, most).Should().BeTrue();
        registers.Supports(ways, 256).Should().BeTrue();
        if (most < 16384)
        {
            registers.Supports(ways, most * 2).Should().BeFalse("bit 15 of the address would take part");
        }
    }

    [Fact]
    public void OneWay_NeedsNoAddressBit() => With(0).Supports(1, 16384).Should().BeTrue();

    [Fact]
    public void LowBitsOnly_EndAtBit11()
    {
        HdmRegisters registers = With(0x100);

        registers.Supports(2, 2048).Should().BeTrue();
        registers.Supports(2, 4096).Should().BeFalse();
        registers.Supports(4, 1024).Should().BeTrue();
        registers.Supports(4, 2048).Should().BeFalse();
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(6, false)]
    [InlineData(12, false)]
    [InlineData(16, false)]
    [InlineData(8, true)]
    public void UnusualWays_NeedTheirOwnBit(int ways, bool expected) => With(BothHalves).Supports(ways, 256).Should().Be(expected);

    [Theory]
    [InlineData(5, 256)]
    [InlineData(0, 256)]
    [InlineData(2, 128)]
    [InlineData(2, 300)]
    [InlineData(2, 32768)]
    public void WhatNoRegisterEncodes_IsNotSupported(int ways, int granularity) => With(All).Supports(ways, granularity).Should().BeFalse();

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(1u, 2)]
    [InlineData(2u, 4)]
    [InlineData(5u, 10)]
    public void Count_IsTwiceTheField(uint field, int decoders) => With(field).DecoderCount.Should().Be(decoders);

    private static HdmRegisters With(uint capability) => new(new OneRegister(capability), Hpa.Zero);

    /// <summary>A bus on which every register has one value.</summary>
    private sealed class OneRegister(uint value) : IHostBus
    {
        public event Action<Bdf, int>? Interrupted
        {
            add { }
            remove { }
        }

        public uint ReadConfig(Bdf function, int offset, int width) => value;

        public void WriteConfig(Bdf function, int offset, int width, uint written)
        {
        }

        public ulong ReadRegister(Hpa address, int width) => value;

        public void WriteRegister(Hpa address, int width, ulong written)
        {
        }

        public BusResult Load(Hpa address, Span<byte> destination) => BusResult.DecodeError;

        public BusResult Store(Hpa address, ReadOnlySpan<byte> source) => BusResult.DecodeError;
    }
}
