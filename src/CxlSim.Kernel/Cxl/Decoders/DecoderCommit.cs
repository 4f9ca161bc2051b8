using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Writes a decoder object into its registers and waits for the hardware (<c>cxl_decoder_commit</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
public static class DecoderCommit
{
    /// <summary>COMMIT_TIMEOUT_MS: looked at every millisecond.</summary>
    private static readonly SimDuration PollInterval = SimDuration.Milliseconds(1);
    private const int PollLimit = 20;

    /// <summary>Commits one decoder; one that is committed already, or is none in hardware, is fine, whatever it is committed for.</summary>
    public static async SimTask<Errno> CommitAsync(KernelCore core, CxlDecoder decoder)
    {
        CxlPort port = decoder.Port;
        if (decoder is CxlSwitchDecoder { IsPassthrough: true })
        {
            return Errno.Ok;
        }

        if (decoder.IsEnabled)
        {
            ReportKept(core, decoder);
            return Errno.Ok;
        }

        using FrameScope frame = core.Simulation.Enter("cxl_decoder_commit", decoder.Name);
        if (decoder.Id != port.CommitEnd + 1)
        {
            string reason = $"{decoder.Name}: out of order commit, expected decoder{port.Id}.{port.CommitEnd + 1}";
            core.Log.Debug(port, reason);
            return core.Refusals.Report(
                RefusalRules.CommitOrder, Errno.EBUSY, port.Name, reason, NearestPort.Commit(decoder), ("decoder", decoder.Id), ("committed decoders", port.CommitEnd + 1));
        }

        if (decoder is CxlEndpointDecoder { Memdev: { Security.IsSanitizing: true } sanitized })
        {
            core.Log.Debug(sanitized, $"attempted to commit {decoder.Name} during sanitize");
            return core.Refusals.Report(
                RefusalRules.CommitSanitize, Errno.EBUSY, port.Name, $"{sanitized.Name} is being sanitized", new NearestChange($"wait until {sanitized.Name}/security/state is no longer sanitize"));
        }

        HdmRegisters hdm = port.Hdm!;
        DecoderForm asked = FormOf(decoder);
        hdm.Write(decoder.Id, asked);
        uint control = asked.Interleaving | (decoder.IsHostOnly ? HdmDecoderRegisters.ControlHostOnly : 0);
        hdm.WriteControl(decoder.Id, control | HdmDecoderRegisters.ControlCommit);
        port.CommitEnd = decoder.Id; // before it is known whether it works, and no failure takes it back
        for (int poll = 0; poll < PollLimit; poll++)
        {
            uint status = hdm.Control(decoder.Id);
            if ((status & HdmDecoderRegisters.ControlErrorNotCommitted) != 0)
            {
                hdm.WriteControl(decoder.Id, control);
                core.Log.Debug(port, $"{decoder.Name}: error -{(int)Errno.EIO} committing decoder");
                return core.Refusals.Report(RefusalRules.CommitError, Errno.EIO, decoder.Name, $"{decoder.Name} reports an error", null, ("control", $"0x{status:x}"));
            }

            if ((status & HdmDecoderRegisters.ControlCommitted) != 0)
            {
                decoder.IsEnabled = true;
                ReportKept(core, decoder); // registers of a locked one took nothing in
                return Errno.Ok;
            }

            await core.Simulation.Delay(PollInterval);
        }

        core.Log.Debug(port, $"{decoder.Name}: error -{(int)Errno.ETIMEDOUT} committing decoder");
        return core.Refusals.Report(
            RefusalRules.CommitTimeout, Errno.ETIMEDOUT, decoder.Name, $"{decoder.Name} is neither committed nor in error after {PollInterval * PollLimit}", null, ("control", $"0x{hdm.Control(decoder.Id):x}"));
    }

    /// <summary>
    /// Takes a decoder out; one that is not the last leaves a gap until those above it go (<c>cxl_decoder_reset</c>). A locked one stays from 6.19 on; before, Linux takes
    /// it out as any other, while its registers stay as they are.
    /// </summary>
    public static void Reset(KernelCore core, CxlDecoder decoder)
    {
        CxlPort port = decoder.Port;
        if (!decoder.IsEnabled || (decoder.IsLocked && core.Config.Has(KernelChange.LockedRegionsStay)) || port.Hdm is not { } hdm)
        {
            return;
        }

        decoder.IsEnabled = false;
        if (port.CommitEnd == decoder.Id)
        {
            Reap(core, port);
        }
        else
        {
            core.Log.Debug(port, $"{decoder.Name}: out of order reset, expected decoder{port.Id}.{port.CommitEnd}");
        }

        hdm.WriteControl(decoder.Id, hdm.Control(decoder.Id) & ~HdmDecoderRegisters.ControlCommit);
        hdm.WriteWide(decoder.Id, HdmDecoderRegisters.SizeLow, 0);
        hdm.WriteWide(decoder.Id, HdmDecoderRegisters.BaseLow, 0);
        if ((hdm.Control(decoder.Id) & HdmDecoderRegisters.ControlCommitted) != 0)
        {
            core.Findings.Report(KernelRules.DecoderLocked, port.Place, $"{decoder.Name} taken out, and its registers, which are locked, go on with {hdm.FormOf(decoder.Id)}");
        }

        if (decoder is CxlEndpointDecoder endpoint)
        {
            endpoint.IsAuto = false;
        }
    }

    /// <summary>Members that share a decoder find what the first of them wrote; anything else is of a region that was, or locked, and hardware goes on with it.</summary>
    private static void ReportKept(KernelCore core, CxlDecoder decoder)
    {
        if (decoder.Port.Hdm is { } hdm && (FormOf(decoder), hdm.FormOf(decoder.Id)) is var (asked, had) && asked != had)
        {
            core.Findings.Report(KernelRules.DecoderKept, decoder.Port.Place, $"{decoder.Name} asked for {asked}, and committed for {had}");
        }
    }

    private static DecoderForm FormOf(CxlDecoder decoder)
    {
        Check.That(decoder.Range is not null, "a range at {0}", decoder.Name);
        return DecoderForm.Of(decoder.Range!.Value, decoder.Ways, decoder.Granularity, decoder switch
        {
            CxlSwitchDecoder link => TargetList(link),
            CxlEndpointDecoder endpoint => endpoint.Dpa?.Skip.Bytes ?? 0,
            _ => 0,
        });
    }

    private static ulong TargetList(CxlSwitchDecoder decoder)
    {
        ulong list = 0;
        for (int position = 0; position < decoder.Targets.Count; position++)
        {
            list |= (ulong)(decoder.Targets[position].PortId & 0xff) << (8 * position);
        }

        return list;
    }

    private static void Reap(KernelCore core, CxlPort port)
    {
        while (port.CommitEnd >= 0 && !port.Decoders[port.CommitEnd].IsEnabled)
        {
            CxlDecoder reaped = port.Decoders[port.CommitEnd--];
            core.Log.Debug(port, $"reap: {reaped.Name} commit_end: {port.CommitEnd}");
        }
    }
}
