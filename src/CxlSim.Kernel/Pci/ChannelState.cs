namespace CxlSim.Kernel;

/// <summary>What became of the way to a device (<c>include/linux/pci.h</c>, pci_channel_state_t).</summary>
public enum ChannelState
{
    /// <summary>It can be talked to.</summary>
    Normal,

    /// <summary>Nothing gets through before a reset.</summary>
    Frozen,
}
