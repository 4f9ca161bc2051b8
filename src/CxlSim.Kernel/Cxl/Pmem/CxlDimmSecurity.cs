using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Security of a memdev as libnvdimm asks for it (<c>drivers/cxl/security.c</c>).</summary>
public sealed class CxlDimmSecurity(KernelLog log, CxlMemdev memdev) : IDimmSecurity
{
    private uint _flags;

    public bool IsKnown { get; private set; }

    public bool IsFrozen => IsProtected && (_flags & (SecurityPayloads.Frozen | SecurityPayloads.UserAttemptsUsedUp)) != 0;

    public string StateText => !IsProtected ? "disabled" : (_flags & SecurityPayloads.Locked) != 0 ? "locked" : "unlocked";

    private bool IsProtected => (_flags & SecurityPayloads.UserPassphraseSet) != 0;

    /// <summary>Asks the device, and lets the memdev know as well (<c>cxl_pmem_get_security_flags</c>).</summary>
    public async SimTask RefreshAsync()
    {
        (Errno error, byte[] answer) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetSecurityState, []);
        IsKnown = error == Errno.Ok && answer.Length >= sizeof(uint);
        _flags = IsKnown ? BitConverter.ToUInt32(answer) : 0;
        memdev.Security.KnownFlags = IsKnown ? _flags : memdev.Security.KnownFlags;
    }

    public SimTask<Errno> FreezeAsync() => SendAsync(MailboxOpcode.FreezeSecurityState, []);

    public async SimTask<Errno> ChangeAsync(string word, ulong key)
    {
        if (word == "overwrite")
        {
            return Errno.EOPNOTSUPP; // CXL has none for libnvdimm
        }

        if (IsFrozen)
        {
            log.Debug(memdev, $"security is frozen, no {word}");
            return Errno.EINVAL;
        }

        // A new passphrase is never the one of zeros.
        if (key != 0 || word is "update" or "master_update")
        {
            return Errno.ENOKEY;
        }

        byte kind = word == "master_erase" ? SecurityPayloads.Master : SecurityPayloads.User;
        byte[] request = [kind, .. new byte[SecurityPayloads.HeaderSize - 1 + SecurityPayloads.PassphraseLength]];
        return await SendAsync(word == "disable" ? MailboxOpcode.DisablePassphrase : MailboxOpcode.PassphraseSecureErase, request);
    }

    private async SimTask<Errno> SendAsync(MailboxOpcode opcode, byte[] request)
    {
        (Errno error, _) = await memdev.Mailbox.SendAsync(opcode, request);
        await RefreshAsync();
        return error;
    }
}
