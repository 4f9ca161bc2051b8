namespace CxlSim.Spec.Cxl;

/// <summary>The capability array of component registers and what it points to, but for the HDM decoders (CXL r3.1 8.2.4).</summary>
public static class ComponentLayout
{
    private static readonly FieldLayout[] Uncorrectable =
    [
        new(0, "Cache Data Parity"), new(1, "Cache Address Parity"), new(2, "Cache Byte Enable Parity"), new(3, "Cache Data ECC"), new(4, "Mem Data Parity"), new(5, "Mem Address Parity"), new(6, "Mem Byte Enable Parity"), new(7, "Mem Data ECC"),
        new(8, "Reinit Threshold"), new(9, "Received Reserved Encoding"), new(10, "Poison Received"), new(11, "Receiver Overflow"), new(14, "Internal Error"), new(15, "CXL IDE Tx Error"), new(16, "CXL IDE Rx Error"),
    ];

    private static readonly FieldLayout[] Correctable =
    [
        new(0, "Cache Data ECC"), new(1, "Mem Data ECC"), new(2, "CRC Threshold"), new(3, "Retry Threshold"), new(4, "Cache Poison Received"), new(5, "Mem Poison Received"), new(6, "Physical Layer Error"),
    ];

    private static readonly FieldLayout[] Credits =
    [
        new(9, 0, "Cache Req Credits"), new(19, 10, "Cache Rsp Credits"), new(29, 20, "Cache Data Credits"), new(39, 30, "Mem Req or Rsp Credits"), new(49, 40, "Mem Data Credits"),
    ];

    private static readonly BlockLayout Ras = new(
        "RAS Capability",
        [
            new("RAS Uncorrectable Error Status", RasRegisters.UncorrectableStatus, 4, Uncorrectable),
            new("RAS Uncorrectable Error Mask", RasRegisters.UncorrectableMask, 4, Uncorrectable),
            new("RAS Uncorrectable Error Severity", RasRegisters.UncorrectableSeverity, 4, Uncorrectable),
            new("RAS Correctable Error Status", RasRegisters.CorrectableStatus, 4, Correctable),
            new("RAS Correctable Error Mask", RasRegisters.CorrectableMask, 4, Correctable),
            new("RAS Error Capabilities and Control", RasRegisters.Control, 4, new(5, 0, "First Error Pointer"), new(9, "Multiple Header Recording Capability"), new(13, "Poison Enabled")),
            .. Enumerable.Range(0, RasRegisters.HeaderWords).Select(word => new RegisterLayout($"RAS Header Log {word}", RasRegisters.HeaderLog + (4 * word), 4)),
        ]);

    private static readonly BlockLayout Link = new(
        "Link Capability",
        new(
            "Link Layer Capability", LinkRegisters.Capability, 8,
            new(3, 0, "Link Version Supported"), new(7, 4, "Link Version Received"), new(15, 8, "LLR Wrap Value Supported"), new(23, 16, "LLR Wrap Value Received"), new(28, 24, "NUM_Retry Received"),
            new(33, 29, "NUM_Phy_Reinit Received"), new(41, 34, "Wr_Ptr Received"), new(49, 42, "Echo_Eseq Received"), new(57, 50, "Num_Free_Buf Received"), new(58, "No LL Reset Support")),
        new(
            "Link Layer Control and Status", LinkRegisters.ControlStatus, 8,
            new(0, "LL Reset"), new(1, "LL Init Stall"), new(2, "LL Crd Stall"), new(4, 3, "Init State") { Meaning = state => state == 3 ? "done" : null }, new(12, 5, "LL Retry Buffer Consumed")),
        new("Link Layer Rx Credit Control", LinkRegisters.ReceiveCreditControl, 8, Credits),
        new("Link Layer Rx Credit Return Status", LinkRegisters.ReceiveCreditReturn, 8, Credits),
        new("Link Layer Tx Credit Status", LinkRegisters.TransmitCreditStatus, 8, Credits),
        new("Link Layer Ack Timer Control", LinkRegisters.AckTimer, 8),
        new("Link Layer Defeature", LinkRegisters.Defeature, 8, new FieldLayout(0, "MDH Disable")));

    /// <summary>The header of the array and those of its capabilities.</summary>
    /// <param name="ids">Of the capabilities, in their order.</param>
    public static BlockLayout Array(IReadOnlyList<ushort> ids) => new(
        "CXL Capability Array",
        [
            new("CXL Capability Header", 0, 4, new(15, 0, "Capability ID"), new(19, 16, "Capability Version"), new(23, 20, "Cache Mem Version"), new(31, 24, "Array Size")),
            .. ids.Select((id, index) => new RegisterLayout($"{NameOf(id)} Header {index + 1}", 4 * (index + 1), 4, new(15, 0, "Capability ID"), new(19, 16, "Capability Version"), new(31, 20, "Pointer"))),
        ]);

    /// <summary>What a capability has; null for the HDM decoders, for what says nothing and for what is not laid out here.</summary>
    public static BlockLayout? Of(ushort id) => id switch
    {
        ComponentRegisters.RasId => Ras,
        ComponentRegisters.LinkId => Link,
        ComponentRegisters.SecurityId => new BlockLayout("Security Capability", new RegisterLayout("Security Policy", 0, 4, new FieldLayout(1, 0, "Device Trust Level"))),
        ComponentRegisters.ExtendedSecurityId => new BlockLayout("Extended Security Capability", new RegisterLayout("Ext Security Root Port Count", 0, 4)),
        ComponentRegisters.SnoopFilterId => new BlockLayout("Snoop Filter Capability", new("Snoop Filter Group ID", 0, 4), new("Snoop Filter Effective Size", 4, 4)),
        _ => null,
    };

    private static string NameOf(ushort id) => id switch
    {
        ComponentRegisters.NullId => "Null Capability",
        ComponentRegisters.HdmDecoderId => "HDM Decoder Capability",
        _ => Of(id)?.Name ?? $"Capability {id}",
    };
}
