using System.Text;
using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>Events of a device as traces (recording 11-ras: the same commands of the monitor, the same lines but for process and time).</summary>
public class EventTests
{
    private const string NoUuid = "00000000-0000-0000-0000-000000000000";

    private readonly TracedMachine _machine = new("6.12");

    [Fact]
    public void General_media_in_a_region()
    {
        _machine.Inject(TracedMachine.Media);

        _machine.Lines().Should().Equal(
            "cxl_general_media: memdev=mem0 host=0000:0d:00.0 serial=43968 log=Informational : time=T uuid=fbcd0a77-c260-417f-85a9-088b1621eba6 len=128 flags='0x1' handle=1 "
            + "related_handle=0 maint_op_class=0 : dpa=1800 dpa_flags='' descriptor='UNCORRECTABLE_EVENT|THRESHOLD_EVENT' type='0x3' transaction_type='0xc0' channel=3 rank=17 "
            + "device=5 comp_id=69 72 61 73 20 6d 65 6d 00 00 00 00 00 00 00 00 validity_flags='CHANNEL|RANK|DEVICE|COMPONENT' "
            + $"hpa=490003000 region=region0 region_uuid={NoUuid}");
    }

    [Fact]
    public void General_media_outside_of_any_region()
    {
        _machine.Inject("""
            {"execute":"cxl-inject-general-media-event","arguments":{"path":"/machine/peripheral/d1","log":"fatal","flags":12,"dpa":402653187,"descriptor":0,"type":0,"transaction-type":1}}
            """);

        _machine.Lines().Should().Equal(
            "cxl_general_media: memdev=mem1 host=0000:0e:00.0 serial=43969 log=Fatal : time=T uuid=fbcd0a77-c260-417f-85a9-088b1621eba6 len=128 "
            + "flags='PERMANENT_CONDITION | MAINTENANCE_NEEDED' handle=1 related_handle=0 maint_op_class=0 : dpa=18000000 dpa_flags='VOLATILE|NOT_REPAIRABLE' descriptor='' "
            + "type='ECC Error' transaction_type='Host Read' channel=0 rank=0 device=0 comp_id=00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 validity_flags='' "
            + $"hpa=ffffffffffffffff region= region_uuid={NoUuid}");
    }

    [Fact]
    public void Dram()
    {
        _machine.Inject(TracedMachine.Dram);

        _machine.Lines().Should().Equal(
            "cxl_dram: memdev=mem0 host=0000:0d:00.0 serial=43968 log=Warning : time=T uuid=601dcbb3-9c06-4eab-b8af-4e9bfb5c9624 len=128 flags='0x1' handle=1 "
            + "related_handle=0 maint_op_class=0 : dpa=1000 dpa_flags='' descriptor='UNCORRECTABLE_EVENT|THRESHOLD_EVENT' type='Scrub Media ECC Error' transaction_type='0xc0' "
            + "channel=3 rank=17 nibble_mask=66d72 bank_group=7 bank=11 row=2 column=77 cor_mask=21 00 00 00 00 00 00 00 2c 00 00 00 00 00 00 00 37 00 00 00 00 00 00 00 "
            + "42 00 00 00 00 00 00 00 validity_flags='CHANNEL|RANK|NIBBLE|BANK GROUP|BANK|ROW|COLUMN|CORRECTION MASK' "
            + $"hpa=490002000 region=region0 region_uuid={NoUuid}");
    }

    [Fact]
    public void Memory_module()
    {
        _machine.Inject(TracedMachine.Module);

        _machine.Lines().Should().Equal(
            "cxl_memory_module: memdev=mem0 host=0000:0d:00.0 serial=43968 log=Failure : time=T uuid=fe927475-dd59-4339-a586-79bab113b774 len=128 flags='0x1' handle=1 "
            + "related_handle=0 maint_op_class=0 : event_type='Temperature Change' health_status='MAINTENANCE_NEEDED|PERFORMANCE_DEGRADED' "
            + "media_status='All Data Loss in Event of Power Loss' as_life_used=Warning as_dev_temp=Normal as_cor_vol_err_cnt=Normal as_cor_per_err_cnt=Warning life_used=30 "
            + "device_temp=15 dirty_shutdown_cnt=4 cor_vol_err_cnt=3233 cor_per_err_cnt=1300");
    }

    // trace.h masks all six low bits out of the address, and takes two of them for flags.
    [Theory]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void Reserved_bits_of_an_address_are_not_shown(string version)
    {
        TracedMachine machine = new(version);
        machine.Send(EventRecord.Dram, (48, [0x7d, 0x18]));

        machine.Lines().Should().ContainSingle().Which.Should().Contain(" : dpa=1840 dpa_flags='VOLATILE' descriptor='' ");
        machine.Session.Kernel.Tracing.Main.Take()!.Number("dpa_flags").Should().Be(1);
    }

    // The recorded place of each event in sixty that come one by one: nothing is lost, handles count on.
    [Fact]
    public void A_log_is_cleared_as_it_is_read()
    {
        for (int i = 0; i < 60; i++)
        {
            _machine.Inject($$$"""
                {"execute":"cxl-inject-general-media-event","arguments":{"path":"/machine/peripheral/d1","log":"warning","flags":1,"dpa":{{{i * 64}}},"descriptor":3,"type":3,"transaction-type":192}}
                """);
        }

        string[] lines = _machine.Lines();
        lines.Should().HaveCount(60).And.OnlyContain(line => line.StartsWith("cxl_general_media: "));
        lines[59].Should().Contain(" handle=3c ").And.Contain(" dpa=ec0 ").And.EndWith($"hpa=490001dc0 region=region0 region_uuid={NoUuid}");
    }

    [Fact]
    public void What_happens_while_nobody_reads_overflows_the_log_and_comes_gravest_first()
    {
        MachineSession session = _machine.Session;
        session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0e:00.0").Should().Be(Errno.Ok);
        for (int i = 0; i < 10; i++)
        {
            session.Machine.DeviceActions.AddEvent("d1", EventLogKind.Informational, new byte[128]).Should().Be(Errno.Ok);
        }

        session.Machine.DeviceActions.AddEvent("d1", EventLogKind.Failure, new byte[128]).Should().Be(Errno.Ok);
        session.Machine.DeviceActions.AddEvent("d1", EventLogKind.Fatal, new byte[128]).Should().Be(Errno.Ok);
        session.Write("/sys/bus/pci/drivers/cxl_pci/bind", "0000:0e:00.0").Should().Be(Errno.Ok);

        string[] lines = _machine.Lines();
        lines.Select(line => line.Split(' ')[0] + line.Split("log=")[1].Split(' ')[0]).Should().Equal(
            ["cxl_generic_event:Fatal", "cxl_generic_event:Failure", .. Enumerable.Repeat("cxl_generic_event:Informational", 8), "cxl_overflow:Informational"]);
        lines[^1].Should().MatchRegex("memdev=mem1 host=0000:0e:00.0 serial=43969: log=Informational : 2 records from [0-9]+ to [0-9]+$");
        lines[0].Should().EndWith(" : " + string.Join(' ', Enumerable.Repeat("00", 80)));
    }

    [Fact]
    public void Interrupts_come_from_a_thread_of_each_log()
    {
        _machine.Inject(TracedMachine.Media);

        TraceEntry entry = _machine.Session.Kernel.Tracing.Main.Take()!;
        entry.Task.ShortName.Should().MatchRegex("^irq/[0-9]+-0000:0d:$");
        entry.Number("dpa").Should().Be(0x1800);
        entry.Number("hpa").Should().Be(0x490003000);
        entry.Number("validity_flags").Should().Be(0xf);
        entry.String("region_name").Should().Be("region0");
        entry.Record.AsSpan(88, 8).ToArray().Should().Equal(Encoding.ASCII.GetBytes("iras mem"));
        entry.Record.AsSpan(20, 4).ToArray().Should().Equal(0xfb, 0xcd, 0x0a, 0x77);
    }

    [Fact]
    public void The_log_tells_of_reading_and_clearing()
    {
        _machine.Inject(TracedMachine.Media);
        string[] lines = [.. Enumerable.Range(0, 1000).Select(back => _machine.Session.Kernel.Log.NextSequence - 1 - back).Where(at => at >= _machine.Session.Kernel.Log.FirstSequence)
            .Select(at => _machine.Session.Kernel.Log[at].Text).Take(3).Reverse()];
        lines.Should().Equal(
            "cxl_pci 0000:0d:00.0: Reading event logs: 1", "cxl decoder2.0: dpa:0x1800 mapped in region:region0", "cxl_pci 0000:0d:00.0: Event log '0': Clearing 1");
    }
}
