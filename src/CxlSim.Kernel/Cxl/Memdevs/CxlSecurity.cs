using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The directory <c>security</c> of a memdev: its state, sanitize, secure erase (<c>drivers/cxl/core/memdev.c</c>, <c>core/mbox.c</c>, <c>drivers/cxl/pci.c</c>).</summary>
public sealed class CxlSecurity(KernelCore core, SimMutex regionLock, CxlMemdev memdev)
{
    private const uint AttemptsUsedUp = SecurityPayloads.UserAttemptsUsedUp | SecurityPayloads.MasterAttemptsUsedUp;

    /// <summary>How long the driver waits before it looks whether a sanitize is over, how much longer after each look, and at most.</summary>
    private static readonly SimDuration FirstPoll = SimDuration.Seconds(1);
    private static readonly SimDuration PollStep = SimDuration.Seconds(10);
    private static readonly SimDuration LongestPoll = SimDuration.Seconds(15 * 60);

    private readonly SimSignal _look = new(core.Simulation);
    private bool _isGone;

    /// <summary>The device's flags as libnvdimm asked for them last: the driver does not ask for the file (<c>mds->security.state</c>).</summary>
    public uint KnownFlags { get; set; }

    /// <summary>A sanitize goes on, as far as the driver knows.</summary>
    public bool IsSanitizing { get; private set; }

    /// <summary>What the file <c>state</c> shows.</summary>
    public string StateText =>
        IsSanitizing ? "sanitize"
        : (KnownFlags & SecurityPayloads.UserPassphraseSet) == 0 ? "disabled"
        : (KnownFlags & (SecurityPayloads.Frozen | AttemptsUsedUp)) != 0 ? "frozen"
        : (KnownFlags & SecurityPayloads.Locked) != 0 ? "locked"
        : "unlocked";

    /// <summary>The file <c>sanitize</c>.</summary>
    public SimTask<Errno> SanitizeAsync(string value) => StoreAsync(value, MailboxOpcode.Sanitize);

    /// <summary>The file <c>erase</c>.</summary>
    public SimTask<Errno> EraseAsync(string value) => StoreAsync(value, MailboxOpcode.SecureErase);

    /// <summary>The device ended a sanitize and says so: the driver looks now and not at its next time.</summary>
    public void LookNow() => _look.Set();

    /// <summary>The driver lets go: nobody waits any more (<c>sanitize_teardown_notifier</c>).</summary>
    public void TearDown()
    {
        _isGone = true;
        _look.Set();
    }

    /// <summary>Without an endpoint nobody can say that the device is not in use, so it counts as if it were (<c>cxl_mem_sanitize</c>).</summary>
    private async SimTask<Errno> StoreAsync(string value, MailboxOpcode opcode)
    {
        string file = opcode == MailboxOpcode.Sanitize ? "security/sanitize" : "security/erase";
        if (Kstrto.Bool(value, out bool start) != Errno.Ok || !start)
        {
            return core.Refusals.Report(
                RefusalRules.SanitizeWord, Errno.EINVAL, memdev.Name, $"'{Kstrto.Trim(value)}' is not yes", NearestChange.Write(memdev.Name, file, "1"));
        }

        using SimMutex.Holder holder = await regionLock.LockAsync(); // no decoder is committed in between
        if (memdev.Endpoint is not { CommitEnd: < 0 })
        {
            string committed = memdev.Endpoint is { } endpoint ? $"{endpoint.Decoders[endpoint.CommitEnd].Name} is committed" : "without its endpoint nobody knows that it is not in use";
            return core.Refusals.Report(
                RefusalRules.SanitizeBusy, Errno.EBUSY, memdev.Name, committed,
                new NearestChange(memdev.Endpoint is null ? "bind cxl_mem to the device first" : "reset or delete its regions first"), ("committed decoders", memdev.Endpoint?.CommitEnd + 1 ?? 0));
        }

        (Errno error, byte[] answer) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetSecurityState, []);
        if (error != Errno.Ok || answer.Length < sizeof(uint))
        {
            error = error == Errno.Ok ? Errno.EIO : error;
            core.Log.Error(memdev.Host, $"Failed to get security state : -{(int)error}");
            return error;
        }

        uint flags = BitConverter.ToUInt32(answer);
        if ((flags & SecurityPayloads.UserPassphraseSet) != 0 || (opcode == MailboxOpcode.SecureErase && (flags & SecurityPayloads.Locked) != 0))
        {
            return core.Refusals.Report(
                RefusalRules.SanitizePassphrase, Errno.EINVAL, memdev.Name, $"its security state is 0x{flags:x}",
                new NearestChange("unlock it and disable its passphrase first"), ("security state", $"0x{flags:x}"));
        }

        MailboxAnswer sent = await memdev.Mailbox.TransferAsync(opcode, []);
        if (sent.Error == Errno.Ok && sent.ReturnCode == MailboxReturnCode.BackgroundStarted)
        {
            Begin();
            return Errno.Ok;
        }

        return sent.Error != Errno.Ok ? sent.Error : CxlMailbox.ErrnoOf(sent.ReturnCode);
    }

    /// <summary>Until it is over the mailbox takes nothing but Get Health Info.</summary>
    private void Begin()
    {
        IsSanitizing = true;
        memdev.Mailbox.IsSanitizing = true;
        core.Log.Debug(memdev.Host, "Sanitization operation started");
        _look.Reset();
        core.Simulation.Spawn("cxl_mbox_sanitize_work", PollAsync, isBackground: true);
    }

    private async SimTask PollAsync()
    {
        for (SimDuration wait = FirstPoll; ; wait = wait + PollStep > LongestPoll ? LongestPoll : wait + PollStep)
        {
            await _look.WaitAsync(wait);
            _look.Reset();
            if (_isGone)
            {
                return;
            }

            if (memdev.Mailbox.IsBackgroundComplete)
            {
                IsSanitizing = false;
                memdev.Mailbox.IsSanitizing = false;
                core.Sysfs.Notify(memdev, "state");
                core.Log.Debug(memdev.Host, "Sanitization operation ended");
                return;
            }
        }
    }
}
