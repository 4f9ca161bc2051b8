using System.Text;
using CxlSim.Engine;

namespace CxlSim.Hardware.Tests;

/// <summary>Transfer and activation of firmware images (CXL r3.1 8.2.9.3), in parts of 128 bytes.</summary>
public class FirmwareSlotsTests
{
    private const ushort Info = 0x0200;
    private const ushort Transfer = 0x0201;
    private const ushort Activate = 0x0202;
    private const byte Full = 0;
    private const byte Initiate = 1;
    private const byte Continue = 2;
    private const byte End = 3;
    private const byte Abort = 4;
    private const uint Started = 1;
    private const uint OutOfOrder = 9;

    private readonly Bench _bench = Devices.With("firmware_slots: 3");
    private readonly MailboxDriver _mailbox;

    public FirmwareSlotsTests() => _mailbox = new MailboxDriver(_bench);

    [Fact]
    public void An_image_comes_in_parts_and_is_staged()
    {
        Send(Initiate, 0, 0, 256).Should().Be(Started);
        Send(Continue, 0, 2, 128).Should().Be(Started);
        Send(Continue, 0, 2, 128).Should().Be(Started, "a part may be repeated");
        Send(End, 3, 3, 5).Should().Be(Started);

        _bench.Machine.Devices[0].Units.Firmware.Image.Should().HaveCount(389);
        Slots().Should().Be((3, 1, 0, "BWFW VERSION 0", "", "BWFW VERSION 2"));
        _mailbox.Send(Activate, [1, 3]).Code.Should().Be(0);
        Slots().Should().Be((3, 1, 3, "BWFW VERSION 0", "", "BWFW VERSION 2"));
        _mailbox.Send(Activate, [0, 3]).Code.Should().Be(0);
        Slots().Should().Be((3, 3, 0, "BWFW VERSION 0", "", "BWFW VERSION 2"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_staged_image_is_active_after_a_reset(byte isStaged, int active)
    {
        Send(Full, 2, 0, 17).Should().Be(Started);
        if (isStaged != 0)
        {
            _mailbox.Send(Activate, [1, 2]).Code.Should().Be(0);
        }

        FirmwareSlots fresh = _bench.Machine.Reset(keepsMemory: false).Devices[0].Units.Firmware;

        (fresh.Active, fresh.Staged).Should().Be((active, 0));
    }

    [Fact]
    public void A_prompt_device_answers_when_it_is_done_with_a_part()
    {
        FirmwareSlots firmware = _bench.Machine.Devices[0].Units.Firmware;
        firmware.IsPrompt = true;
        firmware.PartTime = SimDuration.Milliseconds(7);
        SimTime before = _bench.Simulation.Now;

        Send(Full, 2, 0, 17).Should().Be(0);

        (_bench.Simulation.Now - before).Should().BeGreaterThan(SimDuration.Milliseconds(7)).And.BeLessThan(SimDuration.Milliseconds(8));
        firmware.Image.Should().HaveCount(17);
    }

    [Fact]
    public void A_whole_image_takes_one_command()
    {
        Send(Full, 2, 0, 17).Should().Be(Started);
        Slots().Should().Be((3, 1, 0, "BWFW VERSION 0", "BWFW VERSION 1", ""));
        (_mailbox[0x18] & 0x7fffff).Should().Be(0x640201, "the transfer has ended, a hundred percent");
    }

    [Fact]
    public void Parts_come_in_their_order()
    {
        Send(Continue, 0, 2, 128).Should().Be(OutOfOrder);
        Send(End, 2, 2, 128).Should().Be(OutOfOrder);
        Send(Initiate, 0, 1, 128).Should().Be(0x02);
        Send(Initiate, 0, 0, 256).Should().Be(Started);
        Send(Continue, 0, 1, 128).Should().Be(OutOfOrder);
        Send(Initiate, 0, 0, 256).Should().Be(8, "one is under way");
        Send(Full, 2, 0, 256).Should().Be(8);
        Send(Continue, 0, 5, 128).Should().Be(Started);
        (_mailbox[0x1c] & 0xffff).Should().Be(OutOfOrder, "a hole shows when the part is worked on");
    }

    [Fact]
    public void What_was_aborted_or_stood_still_for_half_a_minute_begins_anew()
    {
        Send(Initiate, 0, 0, 128).Should().Be(Started);
        Send(Abort, 0, 0, 0).Should().Be(0);
        Send(Continue, 0, 1, 128).Should().Be(OutOfOrder);
        Send(Initiate, 0, 0, 128).Should().Be(Started);
        _bench.Simulation.Spawn("wait", async () => await _bench.Simulation.Delay(SimDuration.Seconds(31)));
        _bench.Simulation.RunUntilIdle();
        Send(Continue, 0, 1, 128).Should().Be(OutOfOrder);
        Send(Initiate, 0, 0, 128).Should().Be(Started);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_active_slot_and_those_that_are_not_there_take_nothing(byte slot)
    {
        Send(Full, slot, 0, 128).Should().Be(0x0b);
        _mailbox.Send(Activate, [1, slot]).Code.Should().Be(0x0b);
    }

    [Fact]
    public void An_empty_slot_is_not_activated_and_a_third_way_does_not_exist()
    {
        _mailbox.Send(Activate, [1, 2]).Code.Should().Be(0x0b);
        Send(Full, 2, 0, 128);
        _mailbox.Send(Activate, [2, 2]).Code.Should().Be(0x02);
        Send(5, 2, 0, 128).Should().Be(0x02);
        _mailbox.Send(Transfer, new byte[127]).Code.Should().Be(0x16);
    }

    private uint Send(byte action, byte slot, uint part, int length) =>
        _mailbox.Send(Transfer, [action, slot, 0, 0, .. BitConverter.GetBytes(part), .. new byte[120 + length]]).Code;

    private (int Count, int Active, int Staged, string First, string Second, string Third) Slots()
    {
        byte[] info = _mailbox.Send(Info, []).Output;
        return (info[0], info[1] & 7, info[1] >> 3, Version(0), Version(1), Version(2));

        string Version(int slot) => Encoding.ASCII.GetString(info, 16 + (16 * slot), 16).TrimEnd('\0');
    }
}
