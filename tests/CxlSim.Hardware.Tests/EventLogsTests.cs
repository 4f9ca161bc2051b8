using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware.Tests;

/// <summary>Event logs of a device (CXL r3.1 8.2.9.2): eight records each and vectors from 2 on, as QEMU's device has them.</summary>
public class EventLogsTests
{
    private const ushort Get = 0x0100;
    private const ushort Clear = 0x0101;
    private const ushort GetPolicy = 0x0102;
    private const ushort SetPolicy = 0x0103;
    private const byte More = 2;
    private const byte Overflow = 1;

    private readonly Bench _bench = new(Bench.OneDevice);
    private readonly MailboxDriver _mailbox;
    private readonly List<int> _interrupts = [];

    public EventLogsTests()
    {
        _mailbox = new MailboxDriver(_bench);
        _bench.Machine.Interrupted += (_, vector) => _interrupts.Add(vector);
        _bench.Machine.WriteConfig(Bench.DeviceAt(0), 0x42, 2, 0x8000);
    }

    private EventLogs Events => _bench.Machine.Devices[0].Units.Events;

    [Fact]
    public void Records_have_handles_and_times_of_the_device()
    {
        _mailbox.Send(0x0301, BitConverter.GetBytes(1_000UL));
        Add(EventLogKind.Warning, 0xaa);
        Add(EventLogKind.Warning, 0xbb);

        byte[] answer = _mailbox.Send(Get, [1]).Output;

        (answer[0], BitConverter.ToUInt16(answer, 20), answer.Length).Should().Be((More, (ushort)2, 32 + 256));
        Record(answer, 0).Should().Be((0xaa, 1, 1_000UL));
        Record(answer, 1).Should().Be((0xbb, 2, 1_000UL));
        _mailbox.Send(Get, [0]).Output.Should().Equal(new byte[32]);
    }

    [Fact]
    public void The_status_register_has_a_bit_for_each_log_that_holds_something()
    {
        Status().Should().Be(0);
        Add(EventLogKind.Informational, 0);
        Add(EventLogKind.Fatal, 0);
        Status().Should().Be(0b1001);
        _mailbox.Send(Clear, [3, 0, 1, 0, 0, 0, 1, 0]).Code.Should().Be(0);
        Status().Should().Be(0b0001);
    }

    [Fact]
    public void What_is_cleared_is_named_oldest_first()
    {
        Add(EventLogKind.Failure, 0xaa);
        Add(EventLogKind.Failure, 0xbb);
        Add(EventLogKind.Failure, 0xcc);

        _mailbox.Send(Clear, [2, 0, 1, 0, 0, 0, 2, 0]).Code.Should().Be(0x0e, "the first is older");
        _mailbox.Send(Clear, [2, 0, 2, 0, 0, 0, 1, 0, 2, 0]).Code.Should().Be(0);
        Record(_mailbox.Send(Get, [2]).Output, 0).Should().Be((0xcc, 3, 0UL));
        _mailbox.Send(Clear, [2, 1, 0, 0, 0, 0]).Code.Should().Be(0, "all of them");
        _mailbox.Send(Get, [2]).Output[0].Should().Be(0);
    }

    [Fact]
    public void A_full_log_counts_what_it_loses()
    {
        _mailbox.Send(0x0301, BitConverter.GetBytes(1_000UL));
        for (byte i = 0; i < 9; i++)
        {
            Add(EventLogKind.Warning, i);
        }

        _mailbox.Send(GetPolicy, []); // 20 us
        Add(EventLogKind.Warning, 9);
        byte[] answer = _mailbox.Send(Get, [1]).Output;

        (answer[0], BitConverter.ToUInt16(answer, 20), BitConverter.ToUInt16(answer, 2)).Should().Be((More | Overflow, (ushort)8, (ushort)2));
        (BitConverter.ToUInt64(answer, 4), BitConverter.ToUInt64(answer, 12)).Should().Be((1_000UL, 21_000UL));
        _mailbox.Send(Clear, [1, 0, 1, 0, 0, 0, 1, 0]);
        answer = _mailbox.Send(Get, [1]).Output;
        (answer[0], BitConverter.ToUInt16(answer, 2)).Should().Be((More, (ushort)0));
    }

    [Fact]
    public void An_answer_holds_as_many_records_as_the_payload()
    {
        Bench bench = Devices.With("mailbox_payload: 512B");
        for (int i = 0; i < 5; i++)
        {
            bench.Machine.Devices[0].Units.Events.Add(EventLogKind.Warning, new byte[128]);
        }

        byte[] answer = new MailboxDriver(bench).Send(Get, [1]).Output;

        (BitConverter.ToUInt16(answer, 20), answer.Length).Should().Be(((ushort)3, 416));
    }

    [Fact]
    public void Each_log_interrupts_on_a_vector_of_its_own_once_it_is_let()
    {
        Add(EventLogKind.Informational, 0);
        _interrupts.Should().BeEmpty();
        _mailbox.Send(SetPolicy, [0, 1, 0, 1]).Code.Should().Be(0);
        _mailbox.Send(GetPolicy, []).Output.Should().Equal(0, 0x31, 0, 0x51, 0);

        Add(EventLogKind.Warning, 0);
        Add(EventLogKind.Warning, 0);
        Add(EventLogKind.Failure, 0);
        _interrupts.Should().Equal([3, 3], "the second came into a log that was not empty, the third is told again with another log");
        _mailbox.Send(Clear, [1, 1, 0, 0, 0, 0]);
        Add(EventLogKind.Fatal, 0);

        _interrupts.Should().Equal(3, 3, 5);
    }

    [Theory]
    [InlineData(Get, 0x02, 4)]
    [InlineData(Get, 0x16, 1, 0)]
    [InlineData(Clear, 0x02, 4, 0, 0, 0, 0, 0)]
    [InlineData(Clear, 0x16, 1, 0, 1, 0, 0, 0, 1)]
    [InlineData(Clear, 0x16, 1, 0, 1)]
    [InlineData(SetPolicy, 0x16, 1, 1, 1)]
    [InlineData(SetPolicy, 0x16, 1, 1, 1, 1, 1, 1)]
    public void What_makes_no_sense_is_refused(ushort opcode, uint code, params int[] input) =>
        _mailbox.Send(opcode, [.. input.Select(value => (byte)value)]).Code.Should().Be(code);

    private void Add(EventLogKind log, byte mark)
    {
        byte[] record = new byte[128];
        record[0] = mark;
        Events.Add(log, record);
    }

    private uint Status() => _bench.Read32(Bench.RegistersOf(0), (int)_bench.Read32(Bench.RegistersOf(0), 0x14));

    private static (byte Mark, int Handle, ulong Time) Record(byte[] answer, int index)
    {
        byte[] record = answer[(32 + (128 * index))..];
        return (record[0], BitConverter.ToUInt16(record, 20), BitConverter.ToUInt64(record, 24));
    }
}
