using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What cxl_pci does about errors of a memory device (<c>drivers/cxl/pci.c</c>, cxl_error_handlers).</summary>
internal sealed class CxlErrorHandlers(CxlCore cxl) : IPciErrorHandlers
{
    /// <summary>Traces what the RAS registers say, while cxl_mem has the memdev (<c>cxl_cor_error_detected</c>).</summary>
    public async SimTask CorrectableDetectedAsync(Device device, TraceTask thread)
    {
        if (MemdevOf(device) is { } memdev)
        {
            using SimMutex.Holder holder = await memdev.Lock!.LockAsync();
            if (IsInUse(device, memdev))
            {
                RasOf(memdev)?.TellCorrectable(thread);
            }
        }
    }

    /// <summary>After an error of CXL.mem, or with a broken link, the memdev is taken out of use (<c>cxl_error_detected</c>).</summary>
    public async SimTask<RecoveryVote> ErrorDetectedAsync(Device device, ChannelState state, TraceTask thread)
    {
        if (MemdevOf(device) is not { } memdev)
        {
            return RecoveryVote.Disconnect;
        }

        bool isOfCxl;
        using (SimMutex.Holder holder = await memdev.Lock!.LockAsync())
        {
            if (!IsInUse(device, memdev))
            {
                return RecoveryVote.Disconnect;
            }

            isOfCxl = RasOf(memdev)?.TellUncorrectable(thread) ?? false;
        }

        if (state == ChannelState.Normal && !isOfCxl)
        {
            return RecoveryVote.CanRecover;
        }

        if (state == ChannelState.Frozen)
        {
            cxl.Core.Log.Warning(device, $"{memdev.Name}: frozen state error detected, disable CXL.mem");
        }

        await cxl.Bus.UnbindAsync(memdev);
        return RecoveryVote.NeedReset;
    }

    /// <summary>The memdev is offered to cxl_mem again (<c>cxl_slot_reset</c>).</summary>
    public async SimTask<RecoveryVote> SlotResetAsync(Device device)
    {
        if (MemdevOf(device) is not { } memdev)
        {
            return RecoveryVote.Disconnect;
        }

        cxl.Core.Log.Info(device, $"{memdev.Name}: restart CXL.mem after slot reset");
        memdev.Pci!.Saved?.Restore(memdev.Pci);
        await cxl.Bus.AttachAsync(memdev);
        if (memdev.IsBound)
        {
            return RecoveryVote.Recovered;
        }

        cxl.Core.Findings.Report(KernelRules.RecoveryFailed, memdev.Place, $"{memdev.Name} without a driver after an error that could not be corrected");
        return RecoveryVote.Disconnect;
    }

    public void Resume(Device device)
    {
        if (MemdevOf(device) is { } memdev)
        {
            cxl.Core.Log.Info(device, $"{memdev.Name}: error resume {(memdev.IsBound ? "successful" : "failed")}");
        }
    }

    /// <summary>A reset of the bus takes decoders with it, and nothing puts them back: the region stays as if it were there (<c>cxl_reset_done</c>).</summary>
    public void ResetDone(Device device)
    {
        CxlPort? endpoint = MemdevOf(device)?.Endpoint;
        if (endpoint?.Hdm is { } hdm && endpoint.Decoders.Any(decoder => decoder.IsEnabled && (hdm.Control(decoder.Id) & HdmDecoderRegisters.ControlCommitted) == 0))
        {
            cxl.Core.Log.Critical(device, "SBR happened without memory regions removal.");
            cxl.Core.Log.Critical(device, "System may be unstable if regions hosted system memory.");
        }
    }

    private CxlMemdev? MemdevOf(Device device) => cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => memdev.Pci == device);

    private CxlRas? RasOf(CxlMemdev memdev) => memdev.Components?.Ras is { } registers ? new CxlRas(cxl, memdev, registers) : null;

    private bool IsInUse(Device device, CxlMemdev memdev)
    {
        if (!memdev.IsBound)
        {
            cxl.Core.Log.Warning(device, $"{memdev.Name}: memdev disabled, abort error handling");
        }

        return memdev.IsBound;
    }
}
