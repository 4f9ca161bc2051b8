using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What a driver does about errors of its device (<c>include/linux/pci.h</c>, struct pci_error_handlers).</summary>
public interface IPciErrorHandlers
{
    /// <summary>An error was corrected, and there may be more to tell of it.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="thread">Who tells it.</param>
    SimTask CorrectableDetectedAsync(Device device, TraceTask thread);

    /// <summary>An error could not be corrected.</summary>
    SimTask<RecoveryVote> ErrorDetectedAsync(Device device, ChannelState state, TraceTask thread);

    /// <summary>The device was reset, or would have been.</summary>
    SimTask<RecoveryVote> SlotResetAsync(Device device);

    /// <summary>The device may be used again.</summary>
    void Resume(Device device);

    /// <summary>A user had the device reset, and its configuration space is as before.</summary>
    void ResetDone(Device device);
}
