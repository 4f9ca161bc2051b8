using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>Security of persistent memory as files show it (fact sheet 20, 7.4). The memdev's file shows what libnvdimm asked for last.</summary>
public class DimmSecurityTests
{
    private const string Dimm = "/sys/bus/nd/devices/nmem0/";
    private const string State = Given.Devices + "mem0/security/state";

    [Fact]
    public void A_device_without_passphrases_is_disabled()
    {
        MachineSession session = Given.Booted(Machine(""));
        session.Text(Dimm + "security").Should().Be("disabled");
        session.Text(Dimm + "frozen").Should().Be("0");
        session.Write(Dimm + "security", "freeze").Should().Be(Errno.ENXIO, "it lacks the command");
    }

    [Fact]
    public void A_passphrase_locks_and_a_freeze_holds()
    {
        MachineSession session = Given.Booted(Machine("security: {passphrase: sesame}"));
        session.Text(Dimm + "security").Should().Be("locked");
        session.Text(State).Should().Be("locked");
        session.Text(Dimm + "frozen").Should().Be("0");

        session.Write(Dimm + "security", "freeze\n").Should().Be(Errno.Ok);

        session.Text(Dimm + "frozen").Should().Be("1");
        session.Text(Dimm + "security").Should().Be("locked");
        session.Text(State).Should().Be("frozen");
        session.Write(Dimm + "security", "disable 0").Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void Wrong_passphrases_end_in_a_freeze()
    {
        MachineSession session = Given.Booted(Machine("security: {passphrase: sesame}"));
        for (int i = 0; i < 3; i++)
        {
            session.Text(Dimm + "frozen").Should().Be("0");
            session.Write(Dimm + "security", "disable 0").Should().Be(Errno.ENXIO);
        }

        session.Text(Dimm + "frozen").Should().Be("1");
        session.Text(State).Should().Be("frozen");
    }

    [Fact]
    public void Without_a_passphrase_erasing_takes_the_key_of_zeros()
    {
        MachineSession session = Given.Booted(Machine("security: {}"));
        session.Machine.DeviceActions.Poison("d0", 0, 64).Should().Be(Errno.Ok);

        session.Write(Dimm + "security", "erase 0").Should().Be(Errno.Ok);

        session.Machine.DeviceActions.Poison("d0", 0, 64).Should().Be(Errno.Ok, "it went with the data");
        session.Write(Dimm + "security", "master_erase 0").Should().Be(Errno.ENXIO);
    }

    // There is no keyring.
    [Theory]
    [InlineData("update 0 0", Errno.ENOKEY)]
    [InlineData("update 17 18", Errno.ENOKEY)]
    [InlineData("master_update 0 18", Errno.ENOKEY)]
    [InlineData("disable 17", Errno.ENOKEY)]
    [InlineData("erase 17", Errno.ENOKEY)]
    [InlineData("overwrite 0", Errno.EOPNOTSUPP)]
    [InlineData("unlock 0", Errno.EINVAL)]
    [InlineData("disable", Errno.EINVAL)]
    [InlineData("disable x", Errno.EINVAL)]
    [InlineData("", Errno.EINVAL)]
    public void What_else_is_asked_for_is_refused(string value, Errno error) =>
        Given.Booted(Machine("security: {}")).Write(Dimm + "security", value).Should().Be(error);

    private static string Machine(string keys) => $$$"""
        memory: {dram: 2GiB, cpus: 2}
        host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{at: 00.0, port: 0, type3: {id: d0, persistent: 512MiB, serial: 0xabc0, {{{keys}}} }}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        """;
}
