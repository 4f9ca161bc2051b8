using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Writing;

/// <summary>Writes records of <c>srat:</c> and <c>madt:</c>.</summary>
internal static class AffinityWriter
{
    public static string Srat(SratEntryDescription entry) => (entry switch
    {
        SratCpuDescription cpu => new FlowMapping().Number("cpu", cpu.ApicId).Number("pxm", cpu.ProximityDomain)
            .Add("enabled", "false", !cpu.Enabled).Number("sapic_eid", cpu.SapicEid, 0).Number("clock_domain", cpu.ClockDomain, 0),
        SratX2ApicDescription cpu => new FlowMapping().Number("x2apic", cpu.X2ApicId).Number("pxm", cpu.ProximityDomain)
            .Add("enabled", "false", !cpu.Enabled).Number("clock_domain", cpu.ClockDomain, 0),
        SratMemoryDescription memory => new FlowMapping().Add("memory", Range(memory)).Number("pxm", memory.ProximityDomain)
            .Add("enabled", "false", !memory.Enabled).Flag("hotplug", memory.HotPluggable).Flag("nonvolatile", memory.NonVolatile).Flag("specific_purpose", memory.SpecificPurpose),
        SratGenericDescription device => new FlowMapping().Add(device.IsPort ? "generic_port" : "generic_initiator", Handle(device)).Number("pxm", device.ProximityDomain)
            .Add("enabled", "false", !device.Enabled).Flag("architectural_transactions", device.ArchitecturalTransactions),
        SratRawDescription raw => new FlowMapping().Add("raw", ScalarText.Bytes(raw.Bytes)),
        _ => throw new SimulatorBugException("a known kind of SRAT entry"),
    }).ToString();

    public static string Madt(MadtEntryDescription entry) => (entry switch
    {
        MadtApicDescription cpu => Flags(new FlowMapping().Number("apic", cpu.ApicId).Number("uid", cpu.Uid, cpu.ApicId), cpu.Flags),
        MadtX2ApicDescription cpu => Flags(new FlowMapping().Number("x2apic", cpu.X2ApicId).Number("uid", cpu.Uid, cpu.X2ApicId), cpu.Flags),
        MadtIoApicDescription chip => new FlowMapping().Number("io_apic", chip.Id).Hex("address", chip.Address).Number("interrupt_base", chip.InterruptBase, 0),
        MadtRawDescription raw => new FlowMapping().Add("raw", ScalarText.Bytes(raw.Bytes)),
        _ => throw new SimulatorBugException("a known kind of MADT entry"),
    }).ToString();

    private static FlowMapping Flags(FlowMapping cpu, uint flags) =>
        cpu.Add("enabled", "false", (flags & MadtX2Apic.FlagEnabled) == 0).Flag("online_capable", (flags & MadtX2Apic.FlagOnlineCapable) != 0);

    /// <summary>What is no range of the board's addresses is said as base and length.</summary>
    private static string Range(SratMemoryDescription memory) =>
        AddressRange.TryCreate(new Hpa(memory.Base), new ByteSize(memory.Length), out AddressRange range) && range.Last.Value < AddressSpace.Limit
            ? ScalarText.Of(range)
            : new FlowMapping().Hex("base", memory.Base).Add("length", ScalarText.Of(new ByteSize(memory.Length))).ToString();

    private static string Handle(SratGenericDescription device) => device.Handle switch
    {
        AcpiHandleDescription { HardwareId: DeviceHandleReader.HostBridge } bridge when device.IsPort => ScalarText.Of(bridge.Uid),
        PciHandleDescription { Segment: 0 } function when !device.IsPort => ScalarText.Function(function.Bdf),
        AcpiHandleDescription acpi => new FlowMapping().Number("uid", acpi.Uid).Add("hid", ScalarText.Quoted(acpi.HardwareId)).ToString(),
        PciHandleDescription function => new FlowMapping().Add("bdf", ScalarText.Function(function.Bdf)).Number("segment", function.Segment).ToString(),
        _ => throw new SimulatorBugException("a known kind of device handle"),
    };
}
