using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The commands of a device, and the Command Effects Log, which lists them (CXL r3.1 8.2.9.5).</summary>
public sealed class MailboxCommands
{
    private const int GetLogInputLength = 24;

    private readonly SortedDictionary<MailboxOpcode, MailboxCommand> _commands = [];
    private readonly Func<bool> _isMediaDisabled;
    private readonly bool _listsLog;

    /// <param name="commands">What the device has besides its log.</param>
    /// <param name="isMediaDisabled">Whether what needs the media is refused now.</param>
    /// <param name="listsLog">False for a device that does not tell of its log.</param>
    public MailboxCommands(IEnumerable<MailboxCommand> commands, Func<bool> isMediaDisabled, bool listsLog = true)
    {
        _isMediaDisabled = isMediaDisabled;
        _listsLog = listsLog;
        foreach (MailboxCommand command in (MailboxCommand[])[.. Logs(), .. commands])
        {
            _commands.Add(command.Opcode, command);
        }
    }

    /// <param name="opcode">Which command.</param>
    /// <param name="input">Its payload.</param>
    /// <param name="payloadSize">Bytes that an answer has room for.</param>
    /// <param name="isBusy">Whether another command goes on in the background: only one can.</param>
    public MailboxReply Execute(MailboxOpcode opcode, byte[] input, int payloadSize, bool isBusy)
    {
        if (!_commands.TryGetValue(opcode, out MailboxCommand? command))
        {
            return MailboxReturnCode.Unsupported;
        }

        if (command.InputLength is { } length && length != input.Length)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        if (isBusy && command.Effects.HasFlag(CommandEffects.Background))
        {
            return MailboxReturnCode.Busy;
        }

        return command.NeedsMedia && _isMediaDisabled() ? MailboxReturnCode.MediaDisabled : command.Run(input, payloadSize);
    }

    private IEnumerable<MailboxCommand> Logs() =>
    [
        new(MailboxOpcode.GetSupportedLogs, CommandEffects.None, 0, (_, _) => SupportedLogs()),
        new(MailboxOpcode.GetLog, CommandEffects.None, GetLogInputLength, GetLog) { NeedsMedia = true },
    ];

    private byte[] SupportedLogs() => _listsLog
        ? new ByteWriter().U16(1).Zeros(6).Bytes(CommandEffectsLog.Bytes).U32((uint)(_commands.Count * CommandEffectsLog.EntrySize)).ToArray()
        : new ByteWriter().Zeros(8).ToArray();

    private MailboxReply GetLog(byte[] input, int payloadSize)
    {
        if (!input.AsSpan(0, 16).SequenceEqual(CommandEffectsLog.Bytes))
        {
            return MailboxReturnCode.InvalidLog;
        }

        ByteWriter log = new();
        foreach (MailboxCommand command in _commands.Values)
        {
            log.U16((ushort)command.Opcode).U16((ushort)command.Effects);
        }

        return PayloadSlice.Of(log.ToArray(), BitConverter.ToUInt32(input, 16), BitConverter.ToUInt32(input, 20), payloadSize);
    }
}
