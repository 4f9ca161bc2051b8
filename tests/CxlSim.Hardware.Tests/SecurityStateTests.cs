using System.Text;

namespace CxlSim.Hardware.Tests;

/// <summary>Passphrases of a device (CXL r3.1 8.2.9.9.6). Flags: 1 user set, 2 master set, 4 locked, 8 frozen, 0x10 and 0x20 no more attempts.</summary>
public class SecurityStateTests
{
    private const ushort GetState = 0x4500;
    private const ushort Set = 0x4501;
    private const ushort Disable = 0x4502;
    private const ushort Unlock = 0x4503;
    private const ushort Freeze = 0x4504;
    private const ushort Erase = 0x4505;
    private const byte Master = 0;
    private const byte User = 1;
    private const uint InvalidState = 0x13;
    private const uint Wrong = 0x14;

    private readonly Bench _bench = Devices.With("security: {}");
    private readonly MailboxDriver _mailbox;

    public SecurityStateTests() => _mailbox = new MailboxDriver(_bench);

    [Fact]
    public void A_passphrase_is_set_changed_and_disabled()
    {
        State(_mailbox).Should().Be(0);
        Send(Set, User, "", "one").Should().Be(0);
        State(_mailbox).Should().Be(1);
        Send(Set, User, "two", "three").Should().Be(Wrong);
        Send(Set, User, "one", "two").Should().Be(0);
        Send(Disable, User, "one").Should().Be(Wrong);
        Send(Disable, User, "two").Should().Be(0);
        State(_mailbox).Should().Be(0);
        Send(Disable, User, "two").Should().Be(InvalidState);
    }

    [Fact]
    public void After_three_wrong_ones_nobody_may_try_any_more()
    {
        Send(Set, User, "", "one").Should().Be(0);
        Send(Disable, User, "x").Should().Be(Wrong);
        Send(Disable, User, "x").Should().Be(Wrong);
        Send(Disable, User, "one").Should().Be(0, "a right one counts from the beginning");
        Send(Set, User, "", "one").Should().Be(0);
        for (int i = 0; i < 3; i++)
        {
            Send(Disable, User, "x").Should().Be(Wrong);
        }

        State(_mailbox).Should().Be(0x11);
        Send(Disable, User, "one").Should().Be(InvalidState);
        Send(Set, User, "one", "two").Should().Be(InvalidState);
        Send(Erase, User, "one").Should().Be(InvalidState);
    }

    /// <summary>A passphrase that was set while the device ran outlives a reset; without power the device is locked, and not frozen.</summary>
    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 5)]
    public void A_passphrase_outlives_a_reset(bool keepsPower, uint flags)
    {
        Send(Set, User, "", "one").Should().Be(0);
        _mailbox.Send(Freeze, []).Code.Should().Be(0);
        SecurityState fresh = new(hasPassphrases: true);

        fresh.TakeOver(_bench.Machine.Devices[0].Units.Security, keepsPower);

        fresh.Flags.Should().Be(flags);
    }

    [Fact]
    public void A_passphrase_of_before_power_on_locks()
    {
        MailboxDriver mailbox = new(Devices.With("security: {passphrase: sesame}"));

        State(mailbox).Should().Be(5);
        mailbox.Start(Unlock, Text("wrong")).Should().Be(Wrong);
        mailbox.Start(Unlock, Text("sesame")).Should().Be(0);
        State(mailbox).Should().Be(1);
        mailbox.Start(Unlock, Text("sesame")).Should().Be(InvalidState);
    }

    [Fact]
    public void Frozen_nothing_changes_until_the_reset()
    {
        Send(Set, User, "", "one").Should().Be(0);
        _mailbox.Start(Freeze).Should().Be(0);
        State(_mailbox).Should().Be(9);
        Send(Disable, User, "one").Should().Be(InvalidState);
        Send(Erase, User, "one").Should().Be(InvalidState);
        _mailbox.Start(Freeze).Should().Be(0);

        _bench.Machine.Devices[0].Units.Security.Reset();
        State(_mailbox).Should().Be(5);
    }

    [Fact]
    public void Erasing_takes_the_right_word_and_the_users_passphrase_with_the_data()
    {
        Send(Set, User, "", "one").Should().Be(0);
        _bench.Machine.Devices[0].Media.Write(0, [1, 2, 3, 4, 5, 6, 7, 8]);

        Send(Erase, User, "two").Should().Be(Wrong);
        _bench.Media(0, 0).Should().NotBe(0);
        Send(Erase, User, "one").Should().Be(0);
        _bench.Media(0, 0).Should().Be(0);
        State(_mailbox).Should().Be(0);
    }

    [Fact]
    public void The_master_is_set_before_the_user_and_erases_for_him()
    {
        Send(Erase, Master, "m").Should().Be(0x02, "there is none");
        Send(Set, Master, "", "m").Should().Be(0);
        Send(Set, User, "", "one").Should().Be(0);
        State(_mailbox).Should().Be(3);
        Send(Set, Master, "m", "n").Should().Be(InvalidState);
        Send(Erase, Master, "m").Should().Be(0);
        State(_mailbox).Should().Be(2);
    }

    [Theory]
    [InlineData(Set, 95)]
    [InlineData(Disable, 63)]
    [InlineData(Unlock, 31)]
    [InlineData(Freeze, 1)]
    [InlineData(Erase, 65)]
    public void Payloads_of_another_length_are_refused(ushort opcode, int length) => _mailbox.Start(opcode, new byte[length]).Should().Be(0x16);

    [Theory]
    [InlineData(Set, 96)]
    [InlineData(Disable, 64)]
    [InlineData(Erase, 64)]
    public void A_third_kind_of_passphrase_does_not_exist(ushort opcode, int length) => _mailbox.Start(opcode, [2, .. new byte[length - 1]]).Should().Be(0x02);

    private static uint State(MailboxDriver mailbox) => BitConverter.ToUInt32(mailbox.Send(GetState, []).Output);

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), .. new byte[32 - text.Length]];

    private uint Send(ushort opcode, byte kind, params string[] words) => _mailbox.Start(opcode, [kind, .. new byte[31], .. words.SelectMany(Text)]);
}
