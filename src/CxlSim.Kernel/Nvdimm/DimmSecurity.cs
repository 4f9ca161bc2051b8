using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Security of a dimm: its state, and what the file <c>security</c> takes (<c>drivers/nvdimm/security.c</c>, <c>drivers/cxl/security.c</c>).</summary>
/// <remarks>There is no keyring: of all keys only number 0 is known, which stands for a passphrase of zeros.</remarks>
public sealed class DimmSecurity(LinuxKernel kernel, CxlMemdev memdev)
{
    private uint _flags;

    /// <summary>False where the device could not be asked: then there are no files.</summary>
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

    /// <summary>A word, and the numbers of one or two keys (<c>nvdimm_security_store</c>).</summary>
    public async SimTask<Errno> StoreAsync(string value)
    {
        string[] words = Kstrto.Trim(value).Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        int keys = words.FirstOrDefault() switch
        {
            "freeze" => 0,
            "disable" or "erase" or "overwrite" or "master_erase" => 1,
            "update" or "master_update" => 2,
            _ => int.MaxValue,
        };
        if (words.Length <= keys)
        {
            return Errno.EINVAL;
        }

        ulong key = 0;
        for (int i = 1; i <= keys; i++)
        {
            Errno error = Kstrto.U64(words[i], out ulong number);
            if (error != Errno.Ok || number > uint.MaxValue)
            {
                return error == Errno.Ok ? Errno.ERANGE : error;
            }

            key |= number;
        }

        return words[0] == "freeze" ? await SendAsync(MailboxOpcode.FreezeSecurityState, []) : await ChangeAsync(words[0], key);
    }

    private async SimTask<Errno> ChangeAsync(string word, ulong key)
    {
        if (word == "overwrite")
        {
            return Errno.EOPNOTSUPP; // CXL has none for libnvdimm
        }

        if (IsFrozen)
        {
            kernel.Log.Debug(memdev, $"security is frozen, no {word}");
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
