using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Security of persistent memory: passphrases, lock, freeze (CXL r3.1 8.2.9.9.6). Where the specification is silent, as the kernel's mock device.</summary>
/// <param name="hasPassphrases">False for a device that only tells its state, as QEMU's.</param>
public sealed class SecurityState(bool hasPassphrases)
{
    private const int SetLength = SecurityPayloads.HeaderSize + (2 * SecurityPayloads.PassphraseLength);
    private const int OneLength = SecurityPayloads.HeaderSize + SecurityPayloads.PassphraseLength;

    private readonly Passphrase _user = new();
    private readonly Passphrase _master = new();
    private bool _isFrozen;
    private bool _isLocked;

    /// <summary>What Passphrase Secure Erase does to the media.</summary>
    public Action Erase { get; set; } = () => { };

    /// <summary>Data must not go away without the user's word.</summary>
    public bool ProtectsData => _user.IsSet || _isLocked;

    public uint Flags =>
        (_user.IsSet ? SecurityPayloads.UserPassphraseSet : 0)
        | (_master.IsSet ? SecurityPayloads.MasterPassphraseSet : 0)
        | (_isLocked ? SecurityPayloads.Locked : 0)
        | (_isFrozen ? SecurityPayloads.Frozen : 0)
        | (_user.IsUsedUp ? SecurityPayloads.UserAttemptsUsedUp : 0)
        | (_master.IsUsedUp ? SecurityPayloads.MasterAttemptsUsedUp : 0);

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetSecurityState, CommandEffects.None, 0, (_, _) => BitConverter.GetBytes(Flags)),
        .. hasPassphrases ? PassphraseCommands : [],
    ];

    private IReadOnlyList<MailboxCommand> PassphraseCommands =>
    [
        Changing(MailboxOpcode.SetPassphrase, SetLength, Set),
        Changing(MailboxOpcode.DisablePassphrase, OneLength, Disable),
        Changing(MailboxOpcode.Unlock, SecurityPayloads.PassphraseLength, Unlock),
        new(MailboxOpcode.FreezeSecurityState, CommandEffects.SecurityState, 0, (_, _) => Freeze()),
        Changing(MailboxOpcode.PassphraseSecureErase, OneLength, SecureErase),
    ];

    /// <summary>As after a power cycle: a set user passphrase locks, and nothing is frozen.</summary>
    public void Reset()
    {
        _isFrozen = false;
        _isLocked = _user.IsSet;
    }

    /// <summary>What is left of it after a reset. With the power, attempts and the freeze go, and what has a passphrase is locked.</summary>
    public void TakeOver(SecurityState old, bool keepsPower)
    {
        _user.CopyFrom(old._user, keepsPower);
        _master.CopyFrom(old._master, keepsPower);
        Reset();
        if (keepsPower)
        {
            (_isFrozen, _isLocked) = (old._isFrozen, old._isLocked);
        }
    }

    /// <summary>Sets the user's passphrase as somebody did before the power came on.</summary>
    public void SetUser(string text)
    {
        byte[] value = new byte[SecurityPayloads.PassphraseLength];
        System.Text.Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, value.Length)), value);
        _user.Set(value);
        Reset();
    }

    private MailboxCommand Changing(MailboxOpcode opcode, int length, Func<byte[], MailboxReturnCode> run) =>
        new(opcode, CommandEffects.SecurityState, length, (input, _) => _isFrozen ? MailboxReturnCode.InvalidSecurityState : run(input)) { NeedsMedia = true };

    private Passphrase? Find(byte[] input) => input[0] switch
    {
        SecurityPayloads.Master => _master,
        SecurityPayloads.User => _user,
        _ => null,
    };

    private MailboxReturnCode Set(byte[] input)
    {
        if (Find(input) is not { } passphrase)
        {
            return MailboxReturnCode.InvalidInput;
        }

        // The master's is for the time before the user has one.
        if (passphrase.IsUsedUp || (passphrase == _master && _user.IsSet))
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        if (!passphrase.Matches(input.AsSpan(SecurityPayloads.HeaderSize, SecurityPayloads.PassphraseLength)))
        {
            return MailboxReturnCode.WrongPassphrase;
        }

        passphrase.Set(input.AsSpan(OneLength));
        return MailboxReturnCode.Success;
    }

    private MailboxReturnCode Disable(byte[] input)
    {
        if (Find(input) is not { } passphrase)
        {
            return MailboxReturnCode.InvalidInput;
        }

        if (passphrase.IsUsedUp || !passphrase.IsSet)
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        if (!passphrase.Matches(input.AsSpan(SecurityPayloads.HeaderSize)))
        {
            return MailboxReturnCode.WrongPassphrase;
        }

        passphrase.Remove();
        _isLocked = _isLocked && _user.IsSet;
        return MailboxReturnCode.Success;
    }

    private MailboxReturnCode Unlock(byte[] input)
    {
        if (!_user.IsSet || _user.IsUsedUp || !_isLocked)
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        if (!_user.Matches(input))
        {
            return MailboxReturnCode.WrongPassphrase;
        }

        _isLocked = false;
        return MailboxReturnCode.Success;
    }

    private MailboxReply Freeze()
    {
        _isFrozen = true;
        return MailboxReturnCode.Success;
    }

    /// <summary>The data go, and with them the user's passphrase. Without one the user's word is not needed; the master's is.</summary>
    private MailboxReturnCode SecureErase(byte[] input)
    {
        if (Find(input) is not { } passphrase)
        {
            return MailboxReturnCode.InvalidInput;
        }

        if (passphrase.IsUsedUp)
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        if (passphrase == _master && !_master.IsSet)
        {
            return MailboxReturnCode.InvalidInput;
        }

        if (passphrase.IsSet && !passphrase.Matches(input.AsSpan(SecurityPayloads.HeaderSize)))
        {
            return MailboxReturnCode.WrongPassphrase;
        }

        _user.Remove();
        _isLocked = false;
        Erase();
        return MailboxReturnCode.Success;
    }
}
