using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Hardware.Tests;

/// <summary>Sanitize as a background command (CXL r3.1 8.2.8.4.7, 8.2.9.9.5.1); a device of 1 GiB takes 8 s, as QEMU's.</summary>
public class SanitizeTests
{
    private const ushort Sanitize = 0x4400;
    private const ushort SecureErase = 0x4401;
    private const uint Success = 0x00;
    private const uint Started = 0x01;
    private const uint MediaDisabled = 0x07;

    private readonly Bench _bench = new(Bench.OneDevice);
    private readonly MailboxDriver _mailbox;

    public SanitizeTests() => _mailbox = new MailboxDriver(_bench);

    [Fact]
    public void It_goes_on_in_the_background_for_eight_seconds()
    {
        _mailbox.Start(Sanitize).Should().Be(Started);

        Pass(4000);
        (_mailbox[0x10] & 1).Should().Be(1);
        Background().Should().Be((Sanitize, 50, 0));
        Pass(3995);
        Background().Should().Be((Sanitize, 99, 0));
        Pass(10);
        Background().Should().Be((Sanitize, 100, 0));
        (_mailbox[0x10] & 1).Should().Be(0);
    }

    [Fact]
    public void Before_the_first_nothing_is_told()
    {
        Background().Should().Be((0, 0, 0));
        (_mailbox[0] & 0x40).Should().Be(0x40, "an interrupt ends a background command");
        ((_mailbox[0] >> 7) & 0xf).Should().Be(7);
    }

    [Fact]
    public void Contents_poison_and_events_are_gone()
    {
        _bench.Machine.Devices[0].Media.Write(0x1000, [1, 2, 3, 4, 5, 6, 7, 8]);
        _bench.Machine.Devices[0].Poison.Find(0x2000, 64).Should().Be(Errno.Ok);
        _bench.Machine.Devices[0].Units.Events.Add(Spec.Cxl.EventLogKind.Fatal, new byte[128]);

        _mailbox.Start(Sanitize).Should().Be(Started);
        _bench.Media(0, 0x1000).Should().Be(0);
        _bench.Machine.Devices[0].Media.Write(0x1000, [1, 2, 3, 4, 5, 6, 7, 8]);
        Pass(9000);

        _bench.Media(0, 0x1000).Should().Be(0, "what was written meanwhile has no effect");
        _mailbox.Send(0x4300, [.. new byte[8], 0, 0, 0, 1, 0, 0, 0, 0]).Output[10].Should().Be(0);
        _mailbox.Send(0x0100, [3]).Output[20].Should().Be(0);
    }

    // The commands that QEMU's device refuses with Media Disabled; the rest is answered.
    [Fact]
    public void Meanwhile_commands_for_the_media_are_refused()
    {
        _mailbox.Start(Sanitize).Should().Be(Started);

        _mailbox.Start(0x4300, new byte[16]).Should().Be(MediaDisabled);
        _mailbox.Start(0x4301, new byte[8]).Should().Be(MediaDisabled);
        _mailbox.Start(0x4100).Should().Be(MediaDisabled);
        _mailbox.Start(0x4102, new byte[8]).Should().Be(MediaDisabled);
        _mailbox.Start(0x0100, 0).Should().Be(MediaDisabled);
        _mailbox.Start(Sanitize).Should().Be(0x06, "one background command at a time");
        _mailbox.Start(0x4000).Should().Be(Success);
        _mailbox.Start(0x0200).Should().Be(Success);
        MediaStatus().Should().Be(3);
        Pass(9000);
        _mailbox.Start(0x4300, new byte[16]).Should().Be(Success);
        MediaStatus().Should().Be(1);
    }

    [Fact]
    public void The_end_is_an_interrupt_where_it_is_on()
    {
        List<(Bdf Function, int Vector)> interrupts = [];
        _bench.Machine.Interrupted += (function, vector) => interrupts.Add((function, vector));
        _bench.Machine.WriteConfig(Bench.DeviceAt(0), 0x42, 2, 0x8000);

        _mailbox.Send(Sanitize, []);
        interrupts.Should().BeEmpty();
        _mailbox.Ring(Sanitize, []);
        _mailbox[4] = 0; // too late: the device has the mailbox
        _bench.Simulation.RunUntilIdle();
        interrupts.Should().BeEmpty();
        _mailbox[4] = 4;
        _mailbox[8] = Sanitize;
        _mailbox[12] = 0;
        _mailbox[4] = 5;
        _bench.Simulation.RunUntilIdle();

        interrupts.Should().Equal((Bench.DeviceAt(0), 7));
    }

    [Theory]
    [InlineData("sanitize_time: 3s", 3000)]
    [InlineData("persistent: 1GiB", 15_000)]
    [InlineData("persistent: 2047GiB", 14_400_000)]
    public void How_long_it_takes_is_said_or_goes_by_capacity(string keys, long milliseconds)
    {
        Bench bench = Devices.With(keys);
        MailboxDriver mailbox = new(bench);
        SimTime start = bench.Simulation.Now;

        mailbox.Send(Sanitize, []).Code.Should().Be(Started);

        (bench.Simulation.Now - start).Should().Be(SimDuration.Milliseconds(milliseconds) + SimDuration.Microseconds(20));
    }

    [Fact]
    public void Secure_erase_is_done_at_once()
    {
        Bench bench = Devices.With("security: {secure_erase: true}");
        bench.Machine.Devices[0].Media.Write(0x40, [1, 2, 3, 4, 5, 6, 7, 8]);

        new MailboxDriver(bench).Start(SecureErase).Should().Be(Success);

        bench.Media(0, 0x40).Should().Be(0);
    }

    [Theory]
    [InlineData(Sanitize)]
    [InlineData(SecureErase)]
    public void Neither_goes_past_a_passphrase(ushort opcode) =>
        new MailboxDriver(Devices.With("security: {secure_erase: true, passphrase: sesame}")).Start(opcode).Should().Be(0x13);

    private uint MediaStatus()
    {
        int memoryDevice = (int)_bench.Read32(Bench.RegistersOf(0), 0x34);
        return (_bench.Read32(Bench.RegistersOf(0), memoryDevice) >> 2) & 3;
    }

    private void Pass(long milliseconds)
    {
        _bench.Simulation.Spawn("wait", async () => await _bench.Simulation.Delay(SimDuration.Milliseconds(milliseconds)));
        _bench.Simulation.RunWithin(SimDuration.Milliseconds(milliseconds));
    }

    private (ushort Opcode, uint Percent, uint Code) Background() =>
        ((ushort)(_mailbox[0x18] & 0xffff), (_mailbox[0x18] >> 16) & 0x7f, _mailbox[0x1c] & 0xffff);
}
