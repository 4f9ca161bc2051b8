using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>Steps that hands and hardware do, and what Linux makes of them (recording 11-ras for events, errors and the button).</summary>
public sealed class HardwareStepTests
{
    private const string Slotted = """
        name: slotted
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, hdm_decoders: 4, root_ports: [{at: 00.0, port: 0, hotplug: true, slot: 2, type3: {id: card, volatile: 1GiB, serial: 0xabc0}}, {at: 01.0, port: 1, type3: {id: fixed, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private const string Debug = "/sys/kernel/debug/cxl/mem0/";

    [Fact]
    public void Unplug_TakesSixSeconds_AndTheDeviceIsGone()
    {
        MachineSession session = Given.Booted(Slotted);
        SimTime before = session.Machine.Simulation.Now;

        Do(session, "unplug: fixed").Should().Be((Errno.EOPNOTSUPP, "its slot lets nothing go"));
        Do(session, "unplug: card").Should().Be((Errno.Ok, ""));

        (session.Machine.Simulation.Now - before).Should().Be(SimDuration.Seconds(6));
        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();
        Do(session, "unplug: card").Should().Be((Errno.ENODEV, "it is not in its slot"));
        Do(session, "reset: card").Should().Be((Errno.ENODEV, "it is not in its slot"));
        Do(session, "unplug: nobody").Should().Be((Errno.ENODEV, "no device of the platform file has this name"));
        Do(session, "plug: fixed").Should().Be((Errno.EBUSY, "it is in its slot"));
    }

    /// <summary>The device's list has it; a line that it knows of is not found twice.</summary>
    [Fact]
    public void Poison_StandsInTheDevicesList()
    {
        MachineSession session = Traced(Slotted);

        Do(session, "poison: {device: card, dpa: 0x1000, length: 128}").Error.Should().Be(Errno.Ok);
        Do(session, "poison: {device: card, dpa: 0x1040}").Should().Be((Errno.EEXIST, "some of it is poisoned already"));
        Do(session, "poison: {device: card, dpa: 0x1041}").Should().Be((Errno.EINVAL, "no whole lines of 64 bytes that it has"));
        Do(session, "poison: {device: nobody, dpa: 0}").Error.Should().Be(Errno.ENODEV);
        session.Do(["write: {path: /sys/bus/cxl/devices/mem0/trigger_poison_list, value: 1}"]);

        Trace(session).Should().ContainSingle().Which.Should().Contain("cxl_poison").And.Contain("dpa=0x1000 dpa_length=0x80 source=Internal");
    }

    /// <summary>The numbers of the recorded command, and the line that it left.</summary>
    [Fact]
    public void MediaError_IsReadAtOnce()
    {
        MachineSession session = Traced(Slotted);

        session.Do(["media-error: {device: card, log: informational, flags: 1, dpa: 6144, descriptor: 3, type: 3, transaction_type: 192, channel: 3, rank: 17, chip: 5, component_id: iras mem}"]);

        Trace(session).Should().ContainSingle().Which.Should().Contain("memdev=mem0 host=0000:11:00.0 serial=43968 log=Informational").And.Contain(
            "dpa=1800 dpa_flags='' descriptor='UNCORRECTABLE_EVENT|THRESHOLD_EVENT' type='0x3' transaction_type='0xc0' channel=3 rank=17 "
            + "device=5 comp_id=69 72 61 73 20 6d 65 6d 00 00 00 00 00 00 00 00 validity_flags='CHANNEL|RANK|DEVICE|COMPONENT'");
    }

    [Fact]
    public void OtherRecords_AreReadAtOnce()
    {
        MachineSession session = Traced(Slotted);

        session.Do(["dram-error: {device: card, dpa: 0x40, bank: 7, row: 9, correction_mask: [1, 2, 3, 4]}", "module-event: {device: card, log: fatal, temperature: 40, life_used: 12}"]);

        string[] lines = Trace(session);
        lines.Should().HaveCount(2);
        lines[0].Should().Contain("cxl_dram").And.Contain("log=Failure").And.Contain("row=9").And.Contain("bank=7");
        lines[1].Should().Contain("cxl_memory_module").And.Contain("log=Fatal").And.Contain("life_used=12");
        Do(session, "media-error: {device: nobody, dpa: 0}").Error.Should().Be(Errno.ENODEV);
    }

    /// <summary>A CRC threshold is bit 2; address and data parity of CXL.cache are 1 and 0; the header is the first error's (CXL r3.1 8.2.4.17).</summary>
    [Fact]
    public void Errors_StandInTheRasRegisters()
    {
        MachineSession session = Given.Booted(Slotted);

        session.Do(["correctable-error: {device: card, type: crc-threshold}", "uncorrectable-error: {device: card, errors: [cache-address-parity, cache-data-parity], header: [3, 4]}"]);

        Hpa ras = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().First().Components!.Ras!.Value.Start;
        Register(0x00).Should().Be(3);
        Register(0x0c).Should().Be(4);
        (Register(0x14) & 0x3f).Should().Be(1);
        (Register(0x18), Register(0x1c)).Should().Be((3u, 4u));
        Do(session, "correctable-error: {device: nobody, type: physical}").Error.Should().Be(Errno.ENODEV);

        uint Register(ulong offset) => (uint)session.Kernel.HostBus.ReadRegister(ras + new ByteSize(offset), 4);
    }

    /// <summary>The kernel counts what the device says of its link; bad packets are masked by nobody.</summary>
    [Fact]
    public void ErrorsOfTheLink_ReachTheKernel()
    {
        MachineSession session = Given.Booted(Slotted);
        string port = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().First().Pci!.Upstream!.Name;

        session.Do(["link-error: {device: card, error: bad-tlp}", "link-error: {device: card, error: poisoned-tlp, header: [1, 2, 3, 4]}"]);

        session.Read($"/sys/bus/pci/devices/{port}/aer_rootport_total_err_cor").Text.Should().Be("1");
        session.Read($"/sys/bus/pci/devices/{port}/aer_rootport_total_err_nonfatal").Text.Should().Be("1");
        Do(session, "link-error: {device: nobody, error: ecrc}").Error.Should().Be(Errno.ENODEV);
    }

    /// <summary>The driver makes ENXIO of nearly every refusal (rule table of return codes); 0x0f is a wrong address: EFAULT.</summary>
    [Theory]
    [InlineData("answer: busy", Errno.ENXIO)]
    [InlineData("answer: error", Errno.ENXIO)]
    [InlineData("answer: error, code: 0x0f", Errno.EFAULT)]
    [InlineData("answer: late", Errno.Ok)]
    [InlineData("answer: late, delay: 3s", Errno.ETIMEDOUT)]
    [InlineData("answer: silent", Errno.ETIMEDOUT)]
    [InlineData("answer: silent, opcode: 0x4301", Errno.ETIMEDOUT)]
    [InlineData("answer: silent, opcode: 0x4302", Errno.Ok)]
    [InlineData("answer: normal", Errno.Ok)]
    public void Mailbox_AnswersAsItIsTold(string answer, Errno error)
    {
        MachineSession session = Given.Booted(Slotted);
        SimTime before = session.Machine.Simulation.Now;

        session.Do([$"mailbox: {{device: card, {answer}}}"]);

        session.Write(Debug + "inject_poison", "0x40").Should().Be(error);
        (session.Machine.Simulation.Now - before > SimDuration.Milliseconds(999)).Should().Be(answer.Contains("late") || error == Errno.ETIMEDOUT);
    }

    /// <summary>While the doorbell is set no driver sends anything.</summary>
    [Fact]
    public void SilentMailbox_IsBusy_UntilItAnswersAgain()
    {
        MachineSession session = Given.Booted(Slotted);
        session.Do(["mailbox: {device: card, answer: silent}"]);
        session.Do("inject-poison: {memdev: card, dpa: 0x40}").Error.Should().Be(Errno.ETIMEDOUT);
        session.Do("inject-poison: {memdev: card, dpa: 0x80}").Error.Should().Be(Errno.EBUSY);

        session.Do(["mailbox: {device: card, answer: normal}", "inject-poison: {memdev: card, dpa: 0x80}"]);

        Do(session, "poison: {device: card, dpa: 0x40}").Error.Should().Be(Errno.EEXIST, "the first command was answered after all");
        Do(session, "mailbox: {device: nobody, answer: busy}").Error.Should().Be(Errno.ENODEV);
    }

    [Fact]
    public void Kexec_StartsAnotherKernel()
    {
        MachineSession session = Given.Booted(Slotted);
        LinuxKernel first = session.Kernel;

        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "kexec: memhp_default_state=offline"]);

        session.Kernel.Should().NotBeSameAs(first);
        session.Read("/sys/devices/system/memory/auto_online_blocks").Text.Should().Be("offline");
        session.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
    }

    [Fact]
    public void Wait_LetsTimePass()
    {
        MachineSession session = Given.Booted(Slotted);
        SimTime before = session.Machine.Simulation.Now;

        session.Do(["wait: 100ms"]);

        (session.Machine.Simulation.Now - before).Should().Be(SimDuration.Milliseconds(100));
    }

    /// <summary>A recording keeps each step by its number.</summary>
    [Fact]
    public void Steps_AreDoneAgain()
    {
        string[] steps =
        [
            "wait: 1.5s", "poison: {device: fixed, dpa: 0}", "media-error: {device: card, dpa: 0}", "correctable-error: {device: card, type: physical}",
            "mailbox: {device: fixed, answer: silent}", "inject-poison: {memdev: fixed, dpa: 0x40}", "unplug: card", "kexec: a",
        ];
        RecordedSession recorded = new(Slotted, 3, steps);
        for (int step = 1; step <= steps.Length; step++)
        {
            recorded.Step(step);
        }

        recorded.ShouldReplay().Steps.Select(step => step.Error).Should().Equal(Errno.Ok, Errno.Ok, Errno.Ok, Errno.Ok, Errno.Ok, Errno.ETIMEDOUT, Errno.Ok, Errno.Ok);
    }

    private static MachineSession Traced(string platform)
    {
        MachineSession session = Given.Booted(platform);
        session.Kernel.Tracing.Main.Enabled.UnionWith(session.Kernel.Tracing.Events);
        return session;
    }

    private static string[] Trace(MachineSession session) =>
        [.. session.Kernel.Tracing.Main.Render().Split('\n').Where(line => line.Contains(": cxl_", StringComparison.Ordinal))];

    private static (Errno Error, string Result) Do(MachineSession session, string step)
    {
        Views.StepOutcome outcome = session.Do(step);
        return (outcome.Error, outcome.Result);
    }
}
