using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>What becomes of devices after an error that could not be corrected: their drivers are asked, and told (<c>drivers/pci/pcie/err.c</c>).</summary>
internal sealed class PciErrorRecovery(KernelCore core, TraceTask thread)
{
    /// <summary>Of everything below the port whose link may be broken (<c>pcie_do_recovery</c>).</summary>
    public async SimTask RunAsync(PciDevice device, ChannelState state)
    {
        using FrameScope frame = core.Simulation.Enter("pcie_do_recovery", device.Name);
        PciDevice bridge = device.ExpressType is PciCapability.ExpressTypeRootPort or PciCapability.ExpressTypeDownstreamPort ? device : device.Upstream!;
        PciDevice[] below = [.. bridge.AllBelow()];
        RecoveryVote vote = await AskAsync(below, RecoveryVote.CanRecover, (handlers, member) => handlers.ErrorDetectedAsync(member, state, thread), RefuseAlone);
        if (state == ChannelState.Frozen)
        {
            await ResetAsync(bridge);
        }

        if (vote == RecoveryVote.CanRecover)
        {
            vote = RecoveryVote.Recovered;
        }
        else if (vote == RecoveryVote.NeedReset)
        {
            vote = await AskAsync(below, RecoveryVote.Recovered, (handlers, member) => handlers.SlotResetAsync(member), _ => RecoveryVote.None);
        }

        if (vote != RecoveryVote.Recovered)
        {
            core.Log.Info(bridge, "AER: device recovery failed");
            return;
        }

        foreach (PciDevice member in below)
        {
            using SimMutex.Holder holder = await member.Lock!.LockAsync();
            (member.Driver as IPciErrorAware)?.ErrorHandlers.Resume(member);
        }

        device.ClearDeviceStatus();
        ClearNonFatal(device);
        core.Log.Info(bridge, "AER: device recovery successful");
    }

    /// <summary>All members in turn, each with its lock held; those without handlers vote by themselves.</summary>
    private static async SimTask<RecoveryVote> AskAsync(
        PciDevice[] members, RecoveryVote vote, Func<IPciErrorHandlers, PciDevice, SimTask<RecoveryVote>> ask, Func<PciDevice, RecoveryVote> alone)
    {
        foreach (PciDevice member in members)
        {
            using SimMutex.Holder holder = await member.Lock!.LockAsync();
            vote = Merge(vote, member.Driver is IPciErrorAware { ErrorHandlers: { } handlers } ? await ask(handlers, member) : alone(member));
        }

        return vote;
    }

    /// <summary>A port needs nobody; of another function nobody can say how it is.</summary>
    private RecoveryVote RefuseAlone(PciDevice device)
    {
        if (device.IsBridge)
        {
            return RecoveryVote.None;
        }

        core.Log.Info(device, "AER: can't recover (no error_detected callback)");
        return RecoveryVote.NoDriver;
    }

    /// <summary>Messages are not heard while the link goes down and up (<c>aer_root_reset</c>).</summary>
    private async SimTask ResetAsync(PciDevice bridge)
    {
        PciDevice root = bridge;
        while (root.Upstream is { } above)
        {
            root = above;
        }

        root.HearErrors(isOn: false);
        await PciReset.ResetBelowAsync(core, bridge);
        core.Log.Info(bridge, $"AER: {(bridge == root ? "Root" : "Downstream")} Port link has been reset (0)");
        root.HearErrors(isOn: true);
    }

    /// <summary>Those that the severity of the function makes fatal stay (<c>pci_aer_clear_nonfatal_status</c>).</summary>
    private static void ClearNonFatal(PciDevice device)
    {
        int status = device.ErrorReportingOffset + PciCapability.ErrorUncorrectableStatus;
        uint fatal = device.ReadConfig(device.ErrorReportingOffset + PciCapability.ErrorUncorrectableSeverity, 4);
        device.WriteConfig(status, 4, device.ReadConfig(status, 4) & ~fatal);
    }

    private static RecoveryVote Merge(RecoveryVote before, RecoveryVote vote) => (before, vote) switch
    {
        (_, RecoveryVote.NoDriver) => vote,
        (_, RecoveryVote.None) => before,
        (RecoveryVote.CanRecover or RecoveryVote.Recovered, _) => vote,
        (RecoveryVote.Disconnect, RecoveryVote.NeedReset) => vote,
        _ => before,
    };
}
