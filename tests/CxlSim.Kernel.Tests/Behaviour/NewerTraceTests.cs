using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>Trace events of newer kernels: the lines of Linux 7.2 on the machine of recording 11-ras, and what of them the releases since 6.14 have.</summary>
public class NewerTraceTests
{
    private const string NoUuid = "00000000-0000-0000-0000-000000000000";
    private const string None = "ffffffffffffffff";
    private const string NoComponent = "comp_id=00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 comp_id_pldm_valid_flags='' pldm_entity_id=0x00 pldm_resource_id=0x00";
    private const string Ira = "comp_id=69 72 61 73 20 6d 65 6d 00 00 00 00 00 00 00 00";
    private const string IraPldm = "comp_id_pldm_valid_flags='PLDM Entity ID | 0x68' pldm_entity_id=0x00 pldm_resource_id=0x00";

    private const string Header72 = "len=128 flags='0x1' handle=1 related_handle=0 maint_op_class=0 maint_op_sub_class=0 ld_id=0 head_id=0 : ";

    private const string Mem0 = "memdev=mem0 host=0000:0d:00.0 serial=43968 ";
    private const string Pldm = "comp_id=03 a1 a2 a3 a4 a5 a6 b1 b2 b3 b4 00 00 00 00 00";
    private const string PldmText = "comp_id_pldm_valid_flags='PLDM Entity ID | Resource ID' pldm_entity_id=a1 a2 a3 a4 a5 a6 pldm_resource_id=b1 b2 b3 b4";
    private const string Kinds = "type='Scrub Media ECC Error' sub_type='Media Link CRC Error' transaction_type='Internal Media Error Check Scrub' channel=0 rank=0 device=0 ";
    private const string Component = "validity_flags='COMPONENT|COMPONENT PLDM FORMAT' " + Pldm + " " + PldmText + " ";
    private const string Errors = " cme_threshold_ev_flags='Corrected Memory Errors in Multiple Media Components|Exceeded Programmable Threshold' cme_count=197121";

    private static readonly byte[] PldmBytes = [3, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xb1, 0xb2, 0xb3, 0xb4, 0, 0, 0, 0, 0];

    [Fact]
    public void GeneralMedia_In72()
    {
        TracedMachine machine = new("7.2");
        machine.Inject(TracedMachine.Media);
        machine.Inject(TracedMachine.FatalMedia);

        const string body = "dpa_flags='' descriptor='UNCORRECTABLE_EVENT|THRESHOLD_EVENT' type='TE State Violation' sub_type='Not Reported' transaction_type='0xc0' channel=3 rank=17 "
            + $"device=5 validity_flags='CHANNEL|RANK|DEVICE|COMPONENT' {Ira} {IraPldm} ";
        const string end = $"region_uuid={NoUuid} cme_threshold_ev_flags='' cme_count=0";
        machine.Lines().Should().Equal(
            $"cxl_general_media: {Mem0}log=Informational : time=T uuid=fbcd0a77-c260-417f-85a9-088b1621eba6 {Header72}dpa=1800 {body}"
            + $"hpa=490003000 hpa_alias0={None} region=region0 {end}",
            $"cxl_general_media: memdev=mem1 host=0000:0e:00.0 serial=43969 log=Fatal : time=T uuid=fbcd0a77-c260-417f-85a9-088b1621eba6 {Header72}dpa=18000000 {body}"
            + $"hpa={None} hpa_alias0={None} region= {end}");
    }

    [Fact]
    public void Dram_In72()
    {
        TracedMachine machine = new("7.2");
        machine.Inject(TracedMachine.Dram);

        machine.Lines().Should().Equal(
            $"cxl_dram: {Mem0}log=Warning : time=T uuid=601dcbb3-9c06-4eab-b8af-4e9bfb5c9624 {Header72}dpa=1000 dpa_flags='' "
            + "descriptor='UNCORRECTABLE_EVENT|THRESHOLD_EVENT' type='Scrub Media ECC Error' sub_type='Not Reported' transaction_type='0xc0' channel=3 rank=17 nibble_mask=66d72 "
            + "bank_group=7 bank=11 row=2 column=77 cor_mask=21 00 00 00 00 00 00 00 2c 00 00 00 00 00 00 00 37 00 00 00 00 00 00 00 42 00 00 00 00 00 00 00 "
            + $"validity_flags='CHANNEL|RANK|NIBBLE|BANK GROUP|BANK|ROW|COLUMN|CORRECTION MASK' {NoComponent} hpa=490002000 hpa_alias0={None} region=region0 "
            + $"region_uuid={NoUuid} sub_channel=0 cme_threshold_ev_flags='' cvme_count=0");
    }

    [Fact]
    public void MemoryModule_In72()
    {
        TracedMachine machine = new("7.2");
        machine.Inject(TracedMachine.Module);

        machine.Lines().Should().Equal(
            $"cxl_memory_module: {Mem0}log=Failure : time=T uuid=fe927475-dd59-4339-a586-79bab113b774 {Header72}event_type='Temperature Change' event_sub_type='Not Reported' "
            + "health_status='MAINTENANCE_NEEDED|PERFORMANCE_DEGRADED' media_status='All Data Loss in Event of Power Loss' as_life_used=Warning as_dev_temp=Normal "
            + "as_cor_vol_err_cnt=Normal as_cor_per_err_cnt=Warning life_used=30 device_temp=15 dirty_shutdown_cnt=4 cor_vol_err_cnt=3233 cor_per_err_cnt=1300 "
            + $"validity_flags='' {NoComponent}");
    }

    [Fact]
    public void Poison_In72()
    {
        TracedMachine machine = new("7.2");
        machine.Session.Machine.DeviceActions.Poison("d0", 0x800, 0x100).Should().Be(Errno.Ok);
        machine.Session.Write("/sys/kernel/debug/cxl/mem0/inject_poison", "0x10001000").Should().Be(Errno.Ok);
        machine.Session.Write(Given.Devices + "mem0/trigger_poison_list", "1").Should().Be(Errno.Ok);

        const string outside = $"region= region_uuid={NoUuid} hpa=0x{None} hpa_alias0=0x{None} dpa=0x10001000 dpa_length=0x40";
        machine.Lines().Should().Equal(
            $"cxl_poison: {Mem0}trace_type=Inject {outside} source=Unknown flags= overflow_time=0",
            $"cxl_poison: {Mem0}trace_type=List region=region0 region_uuid={NoUuid} hpa=0x490001000 hpa_alias0=0x{None} dpa=0x800 dpa_length=0x100 source=Internal flags= overflow_time=0",
            $"cxl_poison: {Mem0}trace_type=List {outside} source=Injected flags= overflow_time=0");
    }

    /// <summary>What 6.12 does not know it shows as numbers or not at all.</summary>
    [Theory]
    [InlineData("6.13", "type='0x4' transaction_type='0x7' channel=0 rank=0 device=0 " + Pldm + " validity_flags='COMPONENT|0x10' hpa=490000000 region=region0 region_uuid=" + NoUuid)]
    [InlineData("6.14", Kinds + Component + "hpa=490000000 region=region0 region_uuid=" + NoUuid + Errors)]
    [InlineData("6.15", Kinds + Component + "hpa=490000000 hpa_alias0=" + None + " region=region0 region_uuid=" + NoUuid + Errors)]
    [InlineData("7.2", Kinds + Component + "hpa=490000000 hpa_alias0=" + None + " region=region0 region_uuid=" + NoUuid + Errors)]
    public void GeneralMedia_OfCxl31(string version, string text)
    {
        TracedMachine machine = new(version);
        machine.Send(
            EventRecord.GeneralMedia, (57, [4, 7, 0x18, 0]), (66, PldmBytes), (82, [3]), (83, [1, 2, 3]), (86, [5]));

        machine.Lines().Should().ContainSingle().Which.Should().EndWith(" descriptor='' " + text);
    }

    [Fact]
    public void GeneralMedia_HasTheFieldsOfItsFormat()
    {
        TracedMachine machine = new("7.2");
        machine.Send(
            EventRecord.GeneralMedia, (33, [9]), (34, [2, 1]), (36, [8]), (57, [4, 7, 0x18, 0]), (66, PldmBytes), (82, [3]), (83, [1, 2, 3]), (86, [5]));

        byte[] record = machine.Session.Kernel.Tracing.Main.Take()!.Record;
        BitConverter.ToUInt16(record, 0).Should().Be(1360);
        record[66].Should().Be(9);
        BitConverter.ToUInt16(record, 68).Should().Be(0x102);
        record[70].Should().Be(8);
        record[88..104].Should().Equal(PldmBytes);
        BitConverter.ToUInt64(record, 104).Should().Be(0x490000000);
        BitConverter.ToUInt64(record, 112).Should().Be(ulong.MaxValue);
        BitConverter.ToUInt16(record, 136).Should().Be(0x18);
        BitConverter.ToUInt32(record, 140).Should().Be(0x30201);
        record[144..146].Should().Equal(5, 3);
        Encoding.ASCII.GetString(record, BitConverter.ToUInt16(record, 148), 8).Should().Be("region0\0");
    }

    [Theory]
    [InlineData("6.13", "flags='PERMANENT_CONDITION | 0x1c0' handle=1 related_handle=0 maint_op_class=7 : ")]
    [InlineData("6.16", "flags='PERMANENT_CONDITION | MAINT_OP_SUB_CLASS_VALID | 0x180' handle=1 related_handle=0 maint_op_class=7 maint_op_sub_class=9 : ")]
    [InlineData("6.17", "flags='PERMANENT_CONDITION | MAINT_OP_SUB_CLASS_VALID | LD_ID_VALID | HEAD_ID_VALID' handle=1 related_handle=0 maint_op_class=7 maint_op_sub_class=9 ld_id=102 head_id=1f : ")]
    public void Header_OfAnyRecord(string version, string text)
    {
        TracedMachine machine = new(version);
        machine.Send(Guid.Empty, (17, [0xc4, 1, 0]), (32, [7, 9]), (34, [2, 1]), (36, [0x1f]));

        machine.Lines().Should().ContainSingle().Which.Should().StartWith("cxl_generic_event: ").And.EndWith(text + string.Join(' ', Enumerable.Repeat("00", 80)));
    }

    [Fact]
    public void Dram_OfCxl31()
    {
        TracedMachine machine = new("7.2");
        machine.Send(EventRecord.Dram, (57, [6, 8, 0, 7]), (105, PldmBytes), (121, [2]), (122, [2]), (123, [4, 0, 0]), (126, [1]));

        machine.Lines().Should().ContainSingle().Which.Should().Contain(" type='CKID Violation' sub_type='Internal Datapath Error' transaction_type='Media Initialization' ")
            .And.EndWith($" validity_flags='COMPONENT|COMPONENT PLDM FORMAT|SUB CHANNEL' {Pldm} {PldmText} hpa=490000000 hpa_alias0={None} region=region0 region_uuid={NoUuid} "
                + "sub_channel=2 cme_threshold_ev_flags='Exceeded Programmable Threshold' cvme_count=4");
        byte[] record = machine.Session.Kernel.Tracing.Main.Take()!.Record;
        record[164..180].Should().Equal(PldmBytes);
        BitConverter.ToUInt32(record, 180).Should().Be(4);
        record[184..187].Should().Equal(1, 2, 2);
    }

    [Fact]
    public void MemoryModule_OfCxl31()
    {
        TracedMachine machine = new("7.2");
        machine.Send(EventRecord.MemoryModule, (48, [8, 8]), (67, [3, 0]), (69, PldmBytes), (85, [3]));

        machine.Lines().Should().ContainSingle().Which.Should()
            .Contain(" : event_type='Power Management Fault' event_sub_type='Unsupported Memory Media FRU' health_status='MEM_CAPACITY_DEGRADED' ")
            .And.EndWith($" cor_per_err_cnt=0 validity_flags='COMPONENT|COMPONENT PLDM FORMAT' {Pldm} {PldmText}");
        byte[] record = machine.Session.Kernel.Tracing.Main.Take()!.Record;
        record[91..108].Should().Equal([3, .. PldmBytes]);
        BitConverter.ToUInt16(record, 108).Should().Be(3);
    }

    [Theory]
    [InlineData("6.16", "cxl_generic_event: ")]
    [InlineData("6.17", "cxl_memory_sparing: ")]
    public void MemorySparing_IsKnownSince617(string version, string name)
    {
        TracedMachine machine = new(version);
        machine.Send(EventRecord.MemorySparing);

        machine.Lines().Should().ContainSingle().Which.Should().StartWith(name);
    }

    [Fact]
    public void MemorySparing_OfCxl32()
    {
        TracedMachine machine = new("7.2");
        machine.Send(
            new Guid("e71f3a40-2d29-4092-8a39-4d1c966c7c65"), (50, [6, 1]), (52, [0x81, 3]), (60, [5, 1]), (62, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), (74, PldmBytes), (90, [14]));

        machine.Lines().Should().ContainSingle().Which.Should().EndWith(
            " : flags='Hard Sparing|Device Initiated Sparing' result=1 validity_flags='CHANNEL|COMPONENT ID|COMPONENT ID PLDM FORMAT|SUB CHANNEL' spare resource avail=261 channel=2 "
            + $"rank=3 nibble_mask=60504 bank_group=7 bank=8 row=723465 column=3340 sub_channel=14 {Pldm} {PldmText}");
        byte[] record = machine.Session.Kernel.Tracing.Main.Take()!.Record;
        record[71..73].Should().Equal(6, 1);
        BitConverter.ToUInt32(record, 80).Should().Be(0x60504);
        BitConverter.ToUInt16(record, 92).Should().Be(3340);
        record[94..111].Should().Equal([14, .. PldmBytes]);
    }
}
