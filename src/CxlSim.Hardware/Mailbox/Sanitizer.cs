using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Makes a device forget all that users wrote: Sanitize in the background, Secure Erase at once (CXL r3.1 8.2.9.9.5).</summary>
/// <param name="erase">Empties whatever holds user data.</param>
/// <param name="security">Both are refused while a passphrase protects the data.</param>
/// <param name="duration">How long a sanitize takes.</param>
/// <param name="hasErase">Whether the device has Secure Erase.</param>
public sealed class Sanitizer(Action erase, SecurityState security, SimDuration duration, bool hasErase)
{
    /// <summary>Capacity in MiB, and seconds up to there: QEMU's device.</summary>
    private static readonly (ulong MiB, long Seconds)[] Durations =
    [
        (512, 4), (1024, 8), (2048, 15), (4096, 30), (8192, 60), (16_384, 120), (32_768, 240), (65_536, 480), (131_072, 900), (262_144, 1800), (524_288, 3600), (1_048_576, 7200),
    ];

    private const long LongestSeconds = 14_400;

    /// <summary>How long a sanitize takes.</summary>
    public SimDuration Duration { get; set; } = duration;

    /// <summary>The media gives no data meanwhile.</summary>
    public bool IsRunning { get; private set; }

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.Sanitize, CommandEffects.ImmediateData | CommandEffects.SecurityState | CommandEffects.Background, 0, (_, _) => Sanitize()) { NeedsMedia = true },
        .. hasErase
            ? [new MailboxCommand(MailboxOpcode.SecureErase, CommandEffects.ImmediateData | CommandEffects.SecurityState, 0, (_, _) => Erase()) { NeedsMedia = true }]
            : (MailboxCommand[])[],
    ];

    public static SimDuration DurationOf(ByteSize capacity)
    {
        foreach ((ulong mebibytes, long seconds) in Durations)
        {
            if (capacity <= ByteSize.MiB(mebibytes))
            {
                return SimDuration.Seconds(seconds);
            }
        }

        return SimDuration.Seconds(LongestSeconds);
    }

    /// <summary>Nothing can be read from the start on, and what is written meanwhile is gone at the end.</summary>
    private MailboxReply Sanitize()
    {
        if (security.ProtectsData)
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        erase();
        IsRunning = true;
        return MailboxReply.Background(Duration, () =>
        {
            erase();
            IsRunning = false;
            return MailboxReturnCode.Success;
        });
    }

    private MailboxReply Erase()
    {
        if (security.ProtectsData)
        {
            return MailboxReturnCode.InvalidSecurityState;
        }

        erase();
        return MailboxReturnCode.Success;
    }
}
