using CxlSim.Core;

namespace CxlSim.Firmware.Tests;

/// <summary>What firmware does for a host of CXL 1.1.</summary>
public class RestrictedHostTests
{
    private static Board Of(string decoders, string device = "volatile: 1GiB", string window = "size: 2GiB") => Board.Of($$"""
        memory: {dram: 2GiB}
        firmware: {decoders: {{decoders}}}
        host_bridges: [{uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x200000000, type3: { {{device}} } }]
        windows: [{base: 0x1000000000, {{window}}, targets: [3]}]
        """);

    // CHBS: version 0, the RCRB as base, 0x2000 bytes (CXL r3.1 9.18.1.2).
    [Fact]
    public void Chbs_NamesTheRcrb()
    {
        byte[] chbs = Of("os").Tables["CEDT"][36..68];
        BitConverter.ToUInt32(chbs, 4).Should().Be(3);
        BitConverter.ToUInt32(chbs, 8).Should().Be(0);
        BitConverter.ToUInt64(chbs, 0x10).Should().Be(0x2_0000_0000);
        BitConverter.ToUInt64(chbs, 0x18).Should().Be(0x2000);
    }

    [Theory]
    [InlineData(0x0000, 0x2_0001_0000UL)]
    [InlineData(0x1000, 0x2_0002_0000UL)]
    public void BothEnds_GetTheirComponentRegisters(ulong half, ulong expected)
    {
        Board board = Of("os");
        Hpa rcrb = new(0x2_0000_0000 + half);
        ((ulong)Read(board, rcrb, 0x14) << 32 | (Read(board, rcrb, 0x10) & ~0xfu)).Should().Be(expected);
        (Read(board, rcrb, 0x04) & 2).Should().Be(2);
        (Read(board, new Hpa(expected), 0x1000) & 0xffff).Should().Be(1);
    }

    [Theory]
    [InlineData("os", 0, 0x0002, 0)]
    [InlineData("programmed", 0x10, 0x0006, 0)]
    [InlineData("locked", 0x10, 0x0006, 1)]
    public void Ranges_AreProgrammedWhereTheBoardDoesThat(string decoders, uint high, uint control, uint locked)
    {
        Board board = Of(decoders);
        board.Config("20:00.0", 0x10c + 0x20, 4).Should().Be(high);
        board.Config("20:00.0", 0x10c + 0x0c, 2).Should().Be(control);
        board.Config("20:00.0", 0x10c + 0x14, 2).Should().Be(locked);
    }

    [Fact]
    public void SecondRange_FollowsTheFirst()
    {
        Board board = Of("programmed", "volatile: 1GiB, persistent: 256MiB");
        board.Config("20:00.0", 0x10c + 0x30, 4).Should().Be(0x10);
        board.Config("20:00.0", 0x10c + 0x34, 4).Should().Be(0x4000_0000);
    }

    [Theory]
    [InlineData("volatile: 1GiB", "size: 512MiB")]
    [InlineData("volatile: 1GiB, faults: [no_device_dvsec]", "size: 2GiB")]
    public void WhatDoesNotFit_StaysOff(string device, string window) => (Of("programmed", device, window).Config("20:00.0", 0x10c + 0x0c, 2) & 4).Should().Be(0);

    private static uint Read(Board board, Hpa block, int offset) => (uint)board.Machine.ReadRegister(block + new ByteSize((ulong)offset), 4);
}
