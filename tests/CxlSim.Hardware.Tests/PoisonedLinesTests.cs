using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>Get, Inject and Clear Poison of a device of 1 GiB (CXL r3.1 8.2.9.9.4); the order of a list is the recorded device's, the latest first.</summary>
public class PoisonedLinesTests
{
    private const ushort GetList = 0x4300;
    private const ushort Inject = 0x4301;
    private const ushort Clear = 0x4302;

    private readonly Bench _bench = new(Bench.OneDevice);
    private readonly MailboxDriver _mailbox;

    public PoisonedLinesTests() => _mailbox = new MailboxDriver(_bench);

    [Fact]
    public void Injected_lines_are_listed_the_latest_first()
    {
        Do(Inject, 0x0).Should().Be(0);
        Do(Inject, 0x1000).Should().Be(0);
        Do(Inject, 0x1000).Should().Be(0);

        List(0, 1 << 24).Should().Equal((0x1003, 1u), (0x3, 1u));
        List(0x1000, 1).Should().Equal((0x1003, 1u));
        List(0x1040, 1).Should().BeEmpty();
    }

    [Fact]
    public void What_the_device_finds_itself_is_cut_to_the_range_that_was_asked_for()
    {
        Poison.Find(0x800, 0x100).Should().Be(Errno.Ok);

        List(0x840, 2).Should().Equal((0x842, 2u));
        Poison.Find(0x8c0, 0x40).Should().Be(Errno.EEXIST);
        Poison.Find(0x900, 0x20).Should().Be(Errno.EINVAL);
        Poison.Find(0x20, 0x40).Should().Be(Errno.EINVAL);
        Poison.Find(0x3fffffc0, 0x80).Should().Be(Errno.EINVAL);
        Poison.Find(0, 0).Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void Clearing_a_line_writes_it_and_leaves_what_lies_around()
    {
        Poison.Find(0x800, 0x100);

        Do(Clear, 0x840, 0x5a).Should().Be(0);

        List(0, 1 << 24).Should().Equal((0x882, 2u), (0x802, 1u));
        _bench.Media(0, 0x840).Should().Be(0x5a5a5a5a5a5a5a5a);
        Do(Clear, 0x840).Should().Be(0);
        _bench.Media(0, 0x840).Should().Be(0);
    }

    [Fact]
    public void Past_the_limit_injection_is_refused_and_found_poison_overflows()
    {
        for (ulong i = 0; i < 256; i++)
        {
            Do(Inject, i * 128).Should().Be(0);
        }

        Do(Inject, 0x100000).Should().Be(0x10);
        Poison.Find(0x100000, 64).Should().Be(Errno.Ok);
        _mailbox.Send(GetList, Request(0x100000, 1)).Output[0].Should().Be(2);
    }

    [Fact]
    public void What_does_not_fit_into_the_payload_comes_with_the_next_request()
    {
        for (ulong i = 0; i < 200; i++)
        {
            Do(Inject, i * 64);
        }

        (uint _, byte[] first) = _mailbox.Send(GetList, Request(0, 1 << 24));
        (uint _, byte[] second) = _mailbox.Send(GetList, Request(0, 1 << 24));

        (first[0], BitConverter.ToUInt16(first, 10)).Should().Be(((byte)1, (ushort)126));
        (second[0], BitConverter.ToUInt16(second, 10)).Should().Be(((byte)0, (ushort)74));
        BitConverter.ToUInt64(second, 32).Should().Be((73 * 64) | 3);
    }

    [Fact]
    public void A_list_of_another_range_begins_anew()
    {
        for (ulong i = 0; i < 200; i++)
        {
            Do(Inject, i * 64);
        }

        List(0, 1 << 24).Should().HaveCount(126);
        List(0x40, 1).Should().Equal((0x43, 1u));
        List(0, 1 << 24).Should().HaveCount(126);
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x40000000)]
    public void Addresses_that_the_device_does_not_have_are_refused(ulong address)
    {
        Do(Inject, address).Should().Be(0x0f);
        Do(Clear, address).Should().Be(0x0f);
    }

    [Fact]
    public void Lists_over_too_much_are_refused() => _mailbox.Send(GetList, Request(0, (1 << 24) + 1)).Code.Should().Be(0x0f);

    [Theory]
    [InlineData(GetList)]
    [InlineData(Inject)]
    [InlineData(Clear)]
    public void Payloads_of_another_length_are_refused(ushort opcode) => _mailbox.Send(opcode, new byte[12]).Code.Should().Be(0x16);

    private PoisonedLines Poison => _bench.Machine.Devices[0].Poison;

    private static byte[] Request(ulong first, ulong lines) => [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(lines)];

    private uint Do(ushort opcode, ulong address, byte fill = 0)
    {
        byte[] data = opcode == Clear ? new byte[64] : [];
        Array.Fill(data, fill);
        return _mailbox.Send(opcode, [.. BitConverter.GetBytes(address), .. data]).Code;
    }

    private List<(ulong Address, uint Lines)> List(ulong first, ulong lines)
    {
        byte[] list = _mailbox.Send(GetList, Request(first, lines)).Output;
        return [.. Enumerable.Range(0, BitConverter.ToUInt16(list, 10)).Select(i => (BitConverter.ToUInt64(list, 32 + (16 * i)), BitConverter.ToUInt32(list, 40 + (16 * i))))];
    }
}
