using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Which keys of the platform file state the fields of SRAT records.</summary>
internal static class SratOrigins
{
    private const string FromNodes = "the CPUs and the DRAM of the nodes";
    private const string Enabled = "enabled, and nothing else";

    public static readonly FieldOrigin[] Cpu =
    [
        new(nameof(SratProcessorAffinity.ProximityDomainLow), "pxm", FromNodes),
        new(nameof(SratProcessorAffinity.ProximityDomain1), "pxm", FromNodes) { Width = 3 },
        new(nameof(SratProcessorAffinity.ApicId), "cpu", FromNodes),
        new(nameof(SratProcessorAffinity.Flags), "enabled", Enabled),
        new(nameof(SratProcessorAffinity.SapicEid), "sapic_eid", "0"),
        new(nameof(SratProcessorAffinity.ClockDomain), "clock_domain", "0"),
    ];

    public static readonly FieldOrigin[] X2Apic =
    [
        new(nameof(SratX2ApicAffinity.ProximityDomain), "pxm", FromNodes),
        new(nameof(SratX2ApicAffinity.X2ApicId), "x2apic", FromNodes),
        new(nameof(SratX2ApicAffinity.Flags), "enabled", Enabled),
        new(nameof(SratX2ApicAffinity.ClockDomain), "clock_domain", "0"),
    ];

    public static readonly FieldOrigin[] Memory =
    [
        new(nameof(SratMemoryAffinity.ProximityDomain), "pxm", FromNodes),
        new(nameof(SratMemoryAffinity.Base), "memory", FromNodes),
        new(nameof(SratMemoryAffinity.RangeLength), "memory", FromNodes),
        new(nameof(SratMemoryAffinity.Flags), "enabled", Enabled) { OtherKeys = ["hotplug", "nonvolatile", "specific_purpose"] },
    ];

    public static readonly FieldOrigin[] Port = Generic("generic_port");

    public static readonly FieldOrigin[] Initiator = Generic("generic_initiator");

    private static FieldOrigin[] Generic(string key) =>
    [
        new(nameof(SratGenericAffinity.HandleType), key, string.Empty),
        new(nameof(SratGenericAffinity.ProximityDomain), "pxm", string.Empty),
        new(nameof(SratGenericAffinity.HardwareId), key, string.Empty),
        new(nameof(SratGenericAffinity.Uid), key, string.Empty),
        new(nameof(SratGenericAffinity.Flags), "enabled", Enabled) { OtherKeys = ["architectural_transactions"] },
    ];
}
