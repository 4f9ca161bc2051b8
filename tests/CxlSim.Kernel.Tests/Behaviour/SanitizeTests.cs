using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>The directory security of a memdev (fact sheet 20, 7.4; recording 08-user-errors: a device in a region is busy, an idle one is sanitized, erase is not there).</summary>
public class SanitizeTests
{
    private const string Sanitize = Given.Devices + "mem0/security/sanitize";
    private const string Erase = Given.Devices + "mem0/security/erase";
    private const string State = Given.Devices + "mem0/security/state";

    // 512 MiB take 4 s.
    [Fact]
    public void While_it_goes_on_the_state_says_so_and_the_device_takes_nothing_but_its_health()
    {
        MachineSession session = Given.Booted(Machine("health: {}"));

        Start(session).Should().Be(Errno.Ok);
        Pass(session, 3500);

        session.Kernel.Sysfs.Read(State).Text.Should().Be("sanitize");
        Send(session, MailboxOpcode.Identify).Should().Be(Errno.EBUSY);
        Send(session, MailboxOpcode.GetHealthInfo).Should().Be(Errno.Ok);
        Do(session, () => session.Kernel.Sysfs.WriteAsync(Sanitize, "1")).Should().Be(Errno.EBUSY);
        session.Kernel.Log.Lines.Last().Text.Should().Be("cxl_pci 0000:0d:00.0: Failed to get security state : -16", "recorded so");
        session.Kernel.Sysfs.ChangesOf(session.Memdev(0xabc0), "state").Should().Be(0);
        Pass(session, 600);
        session.Text(State).Should().Be("disabled");
        session.Kernel.Sysfs.ChangesOf(session.Memdev(0xabc0), "state").Should().Be(1);
        Send(session, MailboxOpcode.Identify).Should().Be(Errno.Ok);
    }

    [Fact]
    public void What_was_written_is_gone()
    {
        MachineSession session = Given.Booted(Machine());
        session.Machine.DeviceActions.Poison("d0", 0x800, 0x100).Should().Be(Errno.Ok);
        new StepRunner(session).Run(Given.Platform(Machine() + "\nsteps: [create-region: {decoder: decoder0.0}]").Steps[0]).IsAsExpected.Should().BeTrue();
        Hpa address = session.Region("region0").Resource!.Range.Start;
        session.Machine.Store(address, [1, 2, 3, 4]).Should().Be(BusResult.Done);
        session.Write("/sys/bus/cxl/drivers/cxl_region/unbind", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/commit", "0").Should().Be(Errno.Ok);

        session.Write(Sanitize, "1").Should().Be(Errno.Ok);

        byte[] bytes = new byte[4];
        session.Machine.Media.TryRead("d0", Dpa.Zero, bytes).Should().BeTrue();
        bytes.Should().Equal(0, 0, 0, 0);
        session.Machine.DeviceActions.Poison("d0", 0x800, 0x100).Should().Be(Errno.Ok, "it is no longer there");
    }

    [Fact]
    public void A_decoder_is_not_committed_meanwhile()
    {
        MachineSession session = Given.Booted(Machine());
        Start(session).Should().Be(Errno.Ok);
        session.Memdev(0xabc0).Security.IsSanitizing.Should().BeTrue();

        CxlEndpointDecoder decoder = session.Memdev(0xabc0).Endpoint!.Decoders.OfType<CxlEndpointDecoder>().First();
        Do(session, () => DecoderCommit.CommitAsync(session.Kernel.Core, decoder)).Should().Be(Errno.EBUSY);
        session.Kernel.Log.Lines.Last().Text.Should().Be($"cxl_mem mem0: attempted to commit {decoder.Name} during sanitize");
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.CommitSanitize);
    }

    [Fact]
    public void Without_an_interrupt_the_driver_looks_after_one_and_twelve_seconds()
    {
        HostileBoot boot = new(Given.Platform(Machine()));
        boot.Bus = new PatchedBus(boot.Hardware) { Register = (address, value) => IsMailbox(boot, address) ? value & ~0x40UL : value };
        boot.Run().Should().BeNull();
        CxlMemdev memdev = boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();

        boot.Kernel.Simulation.Spawn("write", async () => await memdev.Security.SanitizeAsync("1"));
        Pass(boot.Kernel.Simulation, 11_900);
        memdev.Security.StateText.Should().Be("sanitize");
        Pass(boot.Kernel.Simulation, 200);
        memdev.Security.StateText.Should().Be("disabled");
    }

    [Fact]
    public void A_device_that_leaves_meanwhile_is_not_waited_for()
    {
        MachineSession session = Given.Booted(Machine());
        Start(session).Should().Be(Errno.Ok);

        session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0d:00.0").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();
        session.Write("/sys/bus/pci/drivers/cxl_pci/bind", "0000:0d:00.0").Should().Be(Errno.Ok);
        session.Text(State).Should().Be("disabled");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("x")]
    [InlineData("")]
    public void Only_a_true_value_starts_it(string value) => Given.Booted(Machine()).Write(Sanitize, value).Should().Be(Errno.EINVAL);

    [Fact]
    public void Without_an_endpoint_the_device_counts_as_busy()
    {
        MachineSession session = Given.Booted(Machine());
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Write(Sanitize, "1").Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void Erase_is_there_only_where_the_device_has_the_command()
    {
        Given.Booted(Machine()).Write(Erase, "1").Should().Be(Errno.ENOENT);
        MachineSession session = Given.Booted(Machine("security: {secure_erase: true}"));
        session.Write(Erase, "0").Should().Be(Errno.EINVAL);
        session.Write(Erase, "1").Should().Be(Errno.Ok);
        session.Text(State).Should().Be("disabled");
    }

    [Theory]
    [InlineData(Sanitize)]
    [InlineData(Erase)]
    public void A_passphrase_keeps_the_data(string file)
    {
        MachineSession session = Given.Booted(Machine("security: {secure_erase: true, passphrase: sesame}"));

        session.Write(file, "1").Should().Be(Errno.EINVAL);

        Refusal refusal = session.Kernel.Refusals.All[^1];
        (refusal.Rule, refusal.Subject, refusal.Write).Should().Be((RefusalRules.SanitizePassphrase, "mem0", new AttributeWrite(file, "1")));
    }

    private static bool IsMailbox(HostileBoot boot, Hpa address) =>
        boot.Kernel?.PciBus.Devices.OfType<PciDevice>().SelectMany(pci => pci.Resources.Where(resource => resource.Bar.Index == 2)).Any(resource => address == resource.Range.Start + new ByteSize(0x88)) == true;

    private static string Machine(string keys = "") => $$$"""
        memory: {dram: 2GiB, cpus: 2}
        host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{at: 00.0, port: 0, type3: {id: d0, volatile: 512MiB, serial: 0xabc0, {{{keys}}} }}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        """;

    private static Errno Start(MachineSession session) => Do(session, () => session.Kernel.Sysfs.WriteAsync(Sanitize, "1"));

    private static Errno Send(MachineSession session, MailboxOpcode opcode)
    {
        Errno error = Errno.ENOSYS;
        session.Machine.Simulation.Spawn("send", async () => (error, _) = await session.Memdev(0xabc0).Mailbox.SendAsync(opcode, []));
        Pass(session, 10);
        return error;
    }

    private static Errno Do(MachineSession session, Func<SimTask<Errno>> work)
    {
        Errno error = Errno.ENOSYS;
        session.Machine.Simulation.Spawn("do", async () => error = await work());
        Pass(session, 10);
        return error;
    }

    private static void Pass(MachineSession session, long milliseconds) => Pass(session.Machine.Simulation, milliseconds);

    private static void Pass(Simulation simulation, long milliseconds)
    {
        simulation.Spawn("wait", async () => await simulation.Delay(SimDuration.Milliseconds(milliseconds)));
        simulation.RunWithin(SimDuration.Milliseconds(milliseconds));
    }
}
