namespace CxlSim.Spec.Pci;

/// <summary>Slot capabilities, control and status of a port with a hot-plug slot (PCI Express Base 6.0 7.5.3.9 to 7.5.3.11).</summary>
public static class PciSlotBits
{
    // Capabilities.
    public const uint HasAttentionButton = 1 << 0;
    public const uint HasPowerController = 1 << 1;
    public const uint HasLatchSensor = 1 << 2;
    public const uint HasAttentionIndicator = 1 << 3;
    public const uint HasPowerIndicator = 1 << 4;
    public const uint SurpriseRemoval = 1 << 5;
    public const uint HotPlugCapable = 1 << 6;
    public const uint HasInterlock = 1 << 17;
    public const uint NoCommandCompleted = 1 << 18;
    public const int NumberShift = 19;

    // Control.
    public const ushort EnableAttentionButton = 1 << 0;
    public const ushort EnableHotPlugInterrupt = 1 << 5;
    public const ushort PowerIndicator = 3 << 8;
    public const ushort PowerIndicatorOn = 1 << 8;
    public const ushort PowerIndicatorBlink = 2 << 8;
    public const ushort PowerIndicatorOff = 3 << 8;
    public const ushort PowerOff = 1 << 10;
    public const ushort EnableLinkChanged = 1 << 12;

    // Status.
    public const ushort AttentionButtonPressed = 1 << 0;
    public const ushort PresenceChanged = 1 << 3;
    public const ushort Present = 1 << 6;
    public const ushort LinkChanged = 1 << 8;

    /// <summary>What a write of ones takes back.</summary>
    public const ushort Events = 0x11f;
}
