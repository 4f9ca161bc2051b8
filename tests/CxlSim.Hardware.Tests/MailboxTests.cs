using System.Text;
using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

public class MailboxTests
{
    private static readonly byte[] EffectsLog = Convert.FromHexString("0DA9C0B5BF414B788F7996B1623B3F17");

    private readonly Bench _bench = new(Bench.OneDevice);
    private readonly MailboxDriver _mailbox;

    public MailboxTests() => _mailbox = new MailboxDriver(_bench);

    // payload_max of the recorded device.
    [Fact]
    public void Payload_IsTheRecordedOne() => _mailbox.PayloadSize.Should().Be(2048);

    [Fact]
    public void Doorbell_OwnsTheRegistersUntilTimeHasPassed()
    {
        _mailbox.Ring(0x4000, []);
        uint command = _mailbox[8];
        _mailbox[8] = 0xffff;
        _mailbox[0x20] = 0x12345678;
        _mailbox[4] = 0;

        _mailbox.Busy.Should().BeTrue();
        _mailbox[8].Should().Be(command);
        _mailbox[0x20].Should().Be(0);

        _bench.Simulation.RunUntilIdle();
        _mailbox.Busy.Should().BeFalse();
        Encoding.ASCII.GetString(_mailbox.Read(15)).Should().Be("BWFW VERSION 00");
        _mailbox[0x20] = 0x12345678;
        _mailbox[0x20].Should().Be(0x12345678);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xc000)]
    [InlineData(0xffff)]
    public void UnknownOpcode_IsUnsupported(ushort opcode) => _mailbox.Send(opcode, []).Code.Should().Be(3);

    [Theory]
    [InlineData(2049)]
    [InlineData(0x1fffff)]
    public void LengthLargerThanThePayload_IsRefused(int length)
    {
        (uint code, byte[] output) = _mailbox.Send(0x4000, [], length);
        code.Should().Be(0x16);
        output.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0x0301, 4)]
    [InlineData(0x0301, 9)]
    [InlineData(0x0401, 0)]
    [InlineData(0x0401, 23)]
    [InlineData(0x4102, 7)]
    [InlineData(0x4103, 4)]
    public void WrongInputLength_IsRefused(ushort opcode, int length) => _mailbox.Send(opcode, new byte[length]).Code.Should().Be(0x16);

    // Firmware version, sizes and label storage as sysfs of the recorded machine shows them; sizes count in 256 MiB.
    [Fact]
    public void Identify_GivesTheRecordedFacts()
    {
        (uint code, byte[] answer) = _mailbox.Send(0x4000, []);

        code.Should().Be(0);
        answer.Should().HaveCount(67);
        Encoding.ASCII.GetString(answer, 0, 16).Should().Be("BWFW VERSION 00\0");
        BitConverter.ToUInt64(answer, 0x10).Should().Be(4);
        BitConverter.ToUInt64(answer, 0x18).Should().Be(4);
        BitConverter.ToUInt64(answer, 0x20).Should().Be(0);
        BitConverter.ToUInt64(answer, 0x28).Should().Be(0);
        BitConverter.ToUInt32(answer, 0x38).Should().Be(0);
    }

    [Fact]
    public void PartitionInfo_GivesWhatIsActive()
    {
        (uint code, byte[] answer) = _mailbox.Send(0x4100, []);

        code.Should().Be(0);
        answer.Should().HaveCount(32);
        BitConverter.ToUInt64(answer, 0).Should().Be(4);
        BitConverter.ToUInt64(answer, 8).Should().Be(0);
    }

    // "firmware" in cxl-list-vvv.json of the recording 01-single-volatile: two slots, the first active, activation online, and its version.
    [Fact]
    public void FirmwareInfo_GivesTheRecordedFacts()
    {
        (uint code, byte[] answer) = _mailbox.Send(0x0200, []);

        code.Should().Be(0);
        answer.Should().HaveCount(80);
        answer[..3].Should().Equal(2, 1, 1);
        Encoding.ASCII.GetString(answer, 16, 16).Should().Be("BWFW VERSION 0\0\0");
        answer[32..].Should().OnlyContain(part => part == 0);
    }

    [Fact]
    public void FirmwareOfAnotherVersion_IsTheSameInTheSlot()
    {
        Bench bench = new("""
            memory: {dram: 2GiB, cpus: 1}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 00.0, type3: {volatile: 1GiB, firmware_version: "1.2.3"}}]}]
            """);
        Encoding.ASCII.GetString(new MailboxDriver(bench).Send(0x0200, []).Output, 16, 6).Should().Be("1.2.3\0");
    }

    // alert_config and health are missing in the recordings, and set-partition finds no capacity to move.
    [Theory]
    [InlineData(0x4101, 10)]
    [InlineData(0x4200, 0)]
    [InlineData(0x4201, 0)]
    [InlineData(0x4202, 12)]
    [InlineData(0x4203, 0)]
    [InlineData(0x4204, 1)]
    [InlineData(0x4401, 0)]
    [InlineData(0x4501, 96)]
    [InlineData(0x4504, 0)]
    public void WhatTheRecordedDeviceLacks_IsUnsupported(ushort opcode, int length) => _mailbox.Send(opcode, new byte[length]).Code.Should().Be(3);

    [Fact]
    public void EffectsLog_HoldsWhatTheLogListAnnounces()
    {
        (uint code, byte[] logs) = _mailbox.Send(0x0400, []);
        code.Should().Be(0);
        BitConverter.ToUInt16(logs, 0).Should().Be(1);
        logs[8..24].Should().Equal(EffectsLog);
        uint size = BitConverter.ToUInt32(logs, 24);

        (code, byte[] log) = _mailbox.Send(0x0401, [.. EffectsLog, 0, 0, 0, 0, .. BitConverter.GetBytes(size)]);

        code.Should().Be(0);
        log.Should().HaveCount((int)size);
        ushort[] opcodes = [.. Enumerable.Range(0, log.Length / 4).Select(i => BitConverter.ToUInt16(log, 4 * i))];
        opcodes.Should().OnlyHaveUniqueItems().And.Contain(new ushort[] { 0x0100, 0x0101, 0x0102, 0x0103, 0x0400, 0x0401, 0x4000, 0x4100, 0x0301, 0x4300 });
        opcodes.Should().BeInAscendingOrder();
    }

    [Fact]
    public void GetLog_ServesPieces_AndRefusesWhatIsNotThere()
    {
        byte[] whole = _mailbox.Send(0x0401, [.. EffectsLog, 0, 0, 0, 0, 16, 0, 0, 0]).Output;
        _mailbox.Send(0x0401, [.. EffectsLog, 4, 0, 0, 0, 8, 0, 0, 0]).Output.Should().Equal(whole[4..12]);
        _mailbox.Send(0x0401, [.. EffectsLog, 255, 255, 255, 255, 255, 255, 255, 255]).Code.Should().Be(2);
        _mailbox.Send(0x0401, [.. new byte[16], 0, 0, 0, 0, 4, 0, 0, 0]).Code.Should().Be(0x17);
    }

    // A command takes 20 us, so that much has passed between the two answers.
    [Fact]
    public void Timestamp_GoesOnFromWhatWasSet()
    {
        _mailbox.Send(0x0300, []).Output.Should().Equal(new byte[8]);
        _mailbox.Send(0x0301, BitConverter.GetBytes(1_000_000_000UL)).Code.Should().Be(0);
        BitConverter.ToUInt64(_mailbox.Send(0x0300, []).Output).Should().Be(1_000_020_000);
    }

    [Fact]
    public void Labels_AreKept_WithinTheirStorage()
    {
        Bench bench = new("""
            memory: {dram: 2GiB, cpus: 1}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 00.0, type3: {persistent: 1GiB, label_storage: 4KiB}}]}]
            """);
        MailboxDriver mailbox = new(bench);

        mailbox.Send(0x4103, [0xfc, 0x0f, 0, 0, 0, 0, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd]).Code.Should().Be(0);
        mailbox.Send(0x4103, [0xfd, 0x0f, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]).Code.Should().Be(2);
        mailbox.Send(0x4102, [0xfb, 0x0f, 0, 0, 5, 0, 0, 0]).Output.Should().Equal(0, 0xaa, 0xbb, 0xcc, 0xdd);
        mailbox.Send(0x4102, [0xfb, 0x0f, 0, 0, 6, 0, 0, 0]).Code.Should().Be(2);
        mailbox.Send(0x4102, [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0]).Code.Should().Be(2);
    }

    // A driver's slip, not a reason to end the machine.
    [Fact]
    public void UnalignedAccessAtTheEndOfThePayload_DoesNoHarm()
    {
        for (int offset = 2048 + 0x20 - 5; offset < 2048 + 0x20 + 4; offset++)
        {
            _mailbox[offset] = 0;
            _ = _mailbox[offset];
        }

        _mailbox.Send(0x4000, []).Code.Should().Be(0);
        _bench.Machine.ReadRegister(Bench.RegistersOf(0) + new ByteSize(0xfff), 4).Should().Be(0);
    }
}
