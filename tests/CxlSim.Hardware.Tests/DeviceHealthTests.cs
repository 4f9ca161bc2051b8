namespace CxlSim.Hardware.Tests;

/// <summary>Health, alerts, shutdown state (CXL r3.1 8.2.9.9.3) and partitions (8.2.9.9.2) of devices that have them.</summary>
public class DeviceHealthTests
{
    private const ushort GetHealth = 0x4200;
    private const ushort GetAlerts = 0x4201;
    private const ushort SetAlerts = 0x4202;
    private const string Sick = "health: {status: [maintenance_needed, replacement_needed], media: data_lost, life_used: 80, temperature: 24, dirty_shutdowns: 10, "
        + "volatile_errors: 20, persistent_errors: 30}";

    private readonly MailboxDriver _mailbox = new(Devices.With(Sick));

    // All life used of 75 percent and above is critical.
    [Fact]
    public void Health_is_what_was_described() => _mailbox.Send(GetHealth, []).Output.Should().Equal(
        5, 3, 2, 80, 24, 0, 10, 0, 0, 0, 20, 0, 0, 0, 30, 0, 0, 0);

    [Fact]
    public void A_warning_counts_once_it_is_enabled()
    {
        _mailbox.Send(GetAlerts, []).Output.Should().Equal(0, 0x1f, 75, 40, 35, 0, 10, 0, 25, 0, 20, 0, 0, 0, 0, 0);

        _mailbox.Send(SetAlerts, [0x1a, 0x1a, 0, 0, 24, 0, 0, 0, 20, 0, 31, 0]).Code.Should().Be(0);

        _mailbox.Send(GetAlerts, []).Output.Should().Equal(0x1a, 0x1f, 75, 40, 35, 0, 10, 0, 24, 0, 20, 0, 20, 0, 31, 0);
        _mailbox.Send(GetHealth, []).Output[2].Should().Be(2 | (1 << 2) | (1 << 4));
        _mailbox.Send(SetAlerts, [0x02, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0]).Code.Should().Be(0);
        _mailbox.Send(GetHealth, []).Output[2].Should().Be(2 | (1 << 4), "the alert of high temperature is off");
    }

    [Theory]
    [InlineData(1, 75, 0, 0)]
    [InlineData(2, 0, 35, 0)]
    [InlineData(4, 0, 0, 10)]
    public void A_warning_beyond_what_is_critical_is_refused(byte which, byte life, byte over, byte under) =>
        _mailbox.Send(SetAlerts, [which, which, life, 0, over, 0, under, 0, 0, 0, 0, 0]).Code.Should().Be(0x02);

    [Fact]
    public void The_shutdown_state_is_kept()
    {
        _mailbox.Send(0x4203, []).Output.Should().Equal(0);
        _mailbox.Send(0x4204, [1]).Code.Should().Be(0);
        _mailbox.Send(0x4203, []).Output.Should().Equal(1);
    }

    [Fact]
    public void Capacity_that_may_be_divided_anew_is_with_the_next_reset()
    {
        MailboxDriver mailbox = new(Devices.With("persistent: 1GiB, partition_alignment: 512MiB"));
        ulong[] identity = [.. Enumerable.Range(2, 4).Select(i => BitConverter.ToUInt64(mailbox.Send(0x4000, []).Output, 8 * i))];
        identity.Should().Equal(8, 0, 0, 2);

        mailbox.Send(0x4101, [6, 0, 0, 0, 0, 0, 0, 0, 0, 0]).Code.Should().Be(0);

        ulong[] partitions = [.. Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt64(mailbox.Send(0x4100, []).Output, 8 * i))];
        partitions.Should().Equal(4, 4, 6, 2);
        mailbox.Send(0x4101, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0]).Code.Should().Be(0x02, "not by 512 MiB");
        mailbox.Send(0x4101, [10, 0, 0, 0, 0, 0, 0, 0, 0, 0]).Code.Should().Be(0x02, "more than there is");
        mailbox.Send(0x4101, [6, 0, 0, 0, 0, 0, 0, 0, 1, 0]).Code.Should().Be(0x02, "not at once");
    }
}
