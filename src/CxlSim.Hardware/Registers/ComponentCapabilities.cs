using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Makes the capabilities of a component: registers as they are at power-on (CXL r3.1 8.2.4). Those but the decoders and the errors are kept, and nothing of them acts.</summary>
internal static class ComponentCapabilities
{
    /// <summary>Error status, masks and severity (8.2.4.17).</summary>
    public static ComponentCapability Ras() => new(ComponentRegisters.RasId, 2, ComponentRegisters.RasOffset, ComponentRegisters.RasSize, new RasBlock());

    /// <summary>A link that is up: its initialisation is done (8.2.4.19).</summary>
    public static ComponentCapability Link()
    {
        MaskedRegisters block = new MaskedRegisters(ComponentRegisters.LinkSize)
            .With(LinkRegisters.Capability, LinkRegisters.Version2)
            .With(LinkRegisters.ControlStatus, LinkRegisters.InitializationDone, LinkRegisters.ControlBits)
            .With(LinkRegisters.ReceiveCreditControl, 0, uint.MaxValue)
            .With(LinkRegisters.AckTimer, 0, uint.MaxValue)
            .With(LinkRegisters.Defeature, 0, 1);
        return new ComponentCapability(ComponentRegisters.LinkId, 2, ComponentRegisters.LinkOffset, block.Size, block);
    }

    /// <summary>An entry without a capability: QEMU's bridges and root ports leave out what they lack, and count it all the same.</summary>
    public static ComponentCapability Null(int offset = 0) => new(ComponentRegisters.NullId, 0, offset, 0, new MaskedRegisters(0));

    public static ComponentCapability Hdm(HdmDecoderBank bank) => new(ComponentRegisters.HdmDecoderId, 1, ComponentRegisters.HdmDecoderOffset, bank.Size, bank);

    /// <summary>Of root ports and host bridges: which requests of devices are trusted (8.2.4.21).</summary>
    public static ComponentCapability ExtendedSecurity(HdmDecoderBank? hdm = null)
    {
        bool fits = hdm is null || ComponentRegisters.HdmDecoderOffset + hdm.Size <= ComponentRegisters.ExtendedSecurityOffset;
        int offset = fits ? ComponentRegisters.ExtendedSecurityOffset : ComponentRegisters.ExtendedSecurityFarOffset;
        return Plain(ComponentRegisters.ExtendedSecurityId, offset, ComponentRegisters.ExtendedSecuritySize);
    }

    /// <summary>Of root ports and host bridges: the group and size of the snoop filter (8.2.4.23).</summary>
    public static ComponentCapability SnoopFilter() =>
        Plain(ComponentRegisters.SnoopFilterId, ComponentRegisters.SnoopFilterOffset, ComponentRegisters.SnoopFilterSize);

    /// <summary>Of the downstream port of a CXL 1.1 host: the security policy of its link (8.2.4.18).</summary>
    public static ComponentCapability Security() =>
        Plain(ComponentRegisters.SecurityId, ComponentRegisters.ExtendedSecurityOffset, ComponentRegisters.SecuritySize);

    /// <summary>Of a root port.</summary>
    public static ComponentCapability[] OfRootPort() => [Ras(), Link(), Null(), ExtendedSecurity(), SnoopFilter()];

    /// <summary>Of a host bridge: it has no link of its own to watch over.</summary>
    public static ComponentCapability[] OfHostBridge(HdmDecoderBank? hdm) =>
        [Null(), Link(), hdm is null ? Null(ComponentRegisters.HdmDecoderOffset) : Hdm(hdm), ExtendedSecurity(hdm), SnoopFilter()];

    /// <summary>Of a device or switch port, with decoders or without.</summary>
    public static ComponentCapability[] Of(HdmDecoderBank? hdm) => hdm is null ? [Ras(), Link()] : [Ras(), Link(), Hdm(hdm)];

    /// <summary>Of the downstream port of a CXL 1.1 host.</summary>
    public static ComponentCapability[] OfRestrictedPort() => [Ras(), Security(), Link()];

    private static ComponentCapability Plain(ushort id, int offset, int size) => new(id, 1, offset, size, new MaskedRegisters(size));
}
