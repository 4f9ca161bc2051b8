namespace CxlSim.Spec.Cxl;

/// <summary>The memory device registers, field by field (CXL r3.1 8.2.8).</summary>
public static class DeviceLayout
{
    private static readonly BlockLayout Status = new(
        "Device Status", new RegisterLayout("Event Status", 0, 8, new(0, "Informational Event Log"), new(1, "Warning Event Log"), new(2, "Failure Event Log"), new(3, "Fatal Event Log"), new(4, "Dynamic Capacity Event Log")));

    private static readonly BlockLayout PrimaryMailbox = new(
        "Primary Mailbox",
        new(
            "Mailbox Capabilities", MailboxRegisters.Capabilities, 4,
            new(MailboxRegisters.CapabilityPayloadHigh, MailboxRegisters.CapabilityPayloadLow, "Payload Size") { Meaning = log => log <= 20 ? $"{1 << (int)log} bytes" : null },
            new(5, "Doorbell Interrupt Capable"), new(6, "Background Command Complete Interrupt Capable"), new(MailboxRegisters.CapabilityInterruptHigh, MailboxRegisters.CapabilityInterruptLow, "Interrupt Message Number")),
        new("Mailbox Control", MailboxRegisters.Control, 4, new(0, "Doorbell"), new(1, "Doorbell Interrupt"), new(2, "Background Command Complete Interrupt")),
        new(
            "Mailbox Command", MailboxRegisters.Command, 8,
            new(MailboxRegisters.CommandOpcodeHigh, MailboxRegisters.CommandOpcodeLow, "Command Opcode") { Meaning = NameOf<MailboxOpcode> }, new(MailboxRegisters.CommandLengthHigh, MailboxRegisters.CommandLengthLow, "Payload Length")),
        new(
            "Mailbox Status", MailboxRegisters.Status, 8,
            new(0, "Background Operation"), new(MailboxRegisters.StatusReturnCodeHigh, MailboxRegisters.StatusReturnCodeLow, "Return Code") { Meaning = NameOf<MailboxReturnCode> }, new(63, 48, "Vendor Specific Extended Status")),
        new(
            "Background Command Status", MailboxRegisters.BackgroundStatus, 8,
            new(MailboxRegisters.BackgroundOpcodeHigh, MailboxRegisters.BackgroundOpcodeLow, "Command Opcode") { Meaning = NameOf<MailboxOpcode> }, new(MailboxRegisters.BackgroundPercentageHigh, MailboxRegisters.BackgroundPercentageLow, "Percentage Complete"),
            new(MailboxRegisters.BackgroundReturnCodeHigh, MailboxRegisters.BackgroundReturnCodeLow, "Return Code") { Meaning = NameOf<MailboxReturnCode> }, new(63, 48, "Vendor Specific Extended Status")));

    private static readonly BlockLayout MemoryDevice = new(
        "Memory Device Status",
        new RegisterLayout(
            "Memory Device Status", 0, 8,
            new(DeviceRegisters.DeviceFatal, "Device Fatal"), new(DeviceRegisters.FirmwareHalt, "FW Halt"), FieldLayout.Named(DeviceRegisters.MediaStatusHigh, DeviceRegisters.MediaStatusLow, "Media Status", "not ready", "ready", "error", "disabled"),
            new(DeviceRegisters.MailboxInterfaceReady, "Mailbox Interfaces Ready"), new(7, 5, "Reset Needed")));

    /// <summary>The header of the array and those of its capabilities.</summary>
    /// <param name="ids">Of the capabilities, in their order.</param>
    public static BlockLayout Array(IReadOnlyList<ushort> ids) => new(
        "Device Capabilities Array",
        [
            new(
                "Device Capabilities Array", 0, 8,
                new(15, 0, "Capability ID"), new(23, 16, "Version"), new(DeviceRegisters.ArrayCountHigh, DeviceRegisters.ArrayCountLow, "Capabilities Count")),
            .. ids.SelectMany((id, index) => Header(Of(id)?.Name ?? $"Capability 0x{id:x}", DeviceRegisters.CapabilityStride * (index + 1))),
        ]);

    /// <summary>What a capability has; null for what is not laid out here.</summary>
    public static BlockLayout? Of(ushort id) => id switch
    {
        DeviceRegisters.StatusId => Status,
        DeviceRegisters.PrimaryMailboxId => PrimaryMailbox,
        DeviceRegisters.MemoryDeviceId => MemoryDevice,
        _ => null,
    };

    private static RegisterLayout[] Header(string name, int offset) =>
    [
        new($"{name} Capability Header", offset, 4, new(15, 0, "Capability ID"), new(23, 16, "Version")),
        new($"{name} Capability Offset", offset + DeviceRegisters.HeaderOffset, 4),
        new($"{name} Capability Length", offset + DeviceRegisters.HeaderLength, 4),
    ];

    private static string? NameOf<T>(ulong code)
        where T : struct, Enum => Enum.GetName(typeof(T), Convert.ChangeType(code, Enum.GetUnderlyingType(typeof(T)), System.Globalization.CultureInfo.InvariantCulture));
}
