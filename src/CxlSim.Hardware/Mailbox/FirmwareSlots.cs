using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Firmware images of a device, their transfer and activation (CXL r3.1 8.2.9.3), in the order of checks that QEMU's device has.</summary>
public sealed class FirmwareSlots
{
    /// <summary>A transfer that stood still for so long is over.</summary>
    private static readonly SimDuration PartTimeout = SimDuration.Seconds(30);

    private readonly Simulation _simulation;
    private readonly string?[] _versions;
    private readonly List<byte> _image = [];
    private bool _isTransferring;
    private (uint Offset, int Length) _last;
    private SimTime _lastAt;

    /// <param name="simulation">Transfers take virtual time.</param>
    /// <param name="count">Slots, 1 to 4.</param>
    /// <param name="version">Of the image in the first slot, which is active.</param>
    /// <param name="partTime">How long the device works on one part.</param>
    public FirmwareSlots(Simulation simulation, int count, string version, SimDuration partTime)
    {
        _simulation = simulation;
        _versions = new string?[count];
        _versions[0] = version;
        PartTime = partTime;
    }

    /// <summary>How long the device works on one part of an image.</summary>
    public SimDuration PartTime { get; set; }

    /// <summary>It answers once it is done with a part, and does nothing in the background.</summary>
    public bool IsPrompt { get; set; }

    public int Active { get; set; } = 1;

    /// <summary>Becomes active with the next reset; 0 for none.</summary>
    public int Staged { get; private set; }

    /// <summary>The bytes of the latest transfer.</summary>
    public IReadOnlyList<byte> Image => _image;

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetFirmwareInfo, CommandEffects.None, 0, (_, _) => Info()),
        new(MailboxOpcode.TransferFirmware, CommandEffects.Background, null, (input, _) => Transfer(input)) { NeedsMedia = true },
        new(MailboxOpcode.ActivateFirmware, CommandEffects.Background, 2, (input, _) => Activate(input[0], input[1])) { NeedsMedia = true },
    ];

    /// <summary>The images of the same device before its reset; the staged one is active now.</summary>
    internal void TakeOver(FirmwareSlots old)
    {
        old._versions.CopyTo(_versions, 0);
        Active = old.Staged != 0 ? old.Staged : old.Active;
    }

    private byte[] Info()
    {
        ByteWriter info = new ByteWriter().U8((byte)_versions.Length).U8((byte)(Active | (Staged << FirmwareTransfer.StagedSlotShift))).U8(1).Zeros(13);
        for (int slot = 0; slot < FirmwareTransfer.MostSlots; slot++)
        {
            info.Ascii(slot < _versions.Length ? _versions[slot] ?? string.Empty : string.Empty, FirmwareTransfer.VersionLength);
        }

        return info.ToArray();
    }

    private MailboxReply Transfer(byte[] input)
    {
        if (input.Length < FirmwareTransfer.HeaderSize)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        byte action = input[0];
        byte slot = input[FirmwareTransfer.SlotOffset];
        uint part = BitConverter.ToUInt32(input, FirmwareTransfer.PartOffset);
        byte[] data = input[FirmwareTransfer.HeaderSize..];
        if (action == FirmwareTransfer.Abort)
        {
            _isTransferring = false;
            return MailboxReturnCode.Success;
        }

        if (action > FirmwareTransfer.Abort)
        {
            return MailboxReturnCode.InvalidInput;
        }

        MailboxReturnCode order = CheckOrder(action, part, data.Length);
        if (order != MailboxReturnCode.Success)
        {
            return order;
        }

        bool isLast = action is FirmwareTransfer.Full or FirmwareTransfer.End;
        if (isLast && (slot == 0 || slot == Active || slot > _versions.Length))
        {
            return MailboxReturnCode.InvalidFirmwareSlot;
        }

        _isTransferring = action != FirmwareTransfer.Full;
        (_last, _lastAt) = ((part, data.Length), _simulation.Now);
        return IsPrompt
            ? new MailboxReply(Finish(action, slot, part, data), []) { Delay = PartTime }
            : MailboxReply.Background(PartTime, () => Finish(action, slot, part, data));
    }

    private MailboxReturnCode CheckOrder(byte action, uint part, int length)
    {
        bool begins = action is FirmwareTransfer.Full or FirmwareTransfer.Initiate;
        if (_isTransferring && _simulation.Now - _lastAt > PartTimeout)
        {
            _isTransferring = false;
            return MailboxReturnCode.FirmwareOutOfOrder;
        }

        if (begins)
        {
            return _isTransferring ? MailboxReturnCode.FirmwareTransferInProgress
                : action == FirmwareTransfer.Initiate && part != 0 ? MailboxReturnCode.InvalidInput
                : MailboxReturnCode.Success;
        }

        // The same part again is a repetition; any other must not lie before the end of the last.
        bool follows = (part, length) == _last || (ulong)part * FirmwareTransfer.Unit >= ((ulong)_last.Offset * FirmwareTransfer.Unit) + (ulong)_last.Length;
        return _isTransferring && follows ? MailboxReturnCode.Success : MailboxReturnCode.FirmwareOutOfOrder;
    }

    private MailboxReturnCode Finish(byte action, byte slot, uint part, byte[] data)
    {
        if (action is FirmwareTransfer.Full or FirmwareTransfer.Initiate)
        {
            _image.Clear();
        }

        long at = (long)part * FirmwareTransfer.Unit;
        if (at != _image.Count && at + data.Length != _image.Count)
        {
            return MailboxReturnCode.FirmwareOutOfOrder; // a hole
        }

        _image.RemoveRange((int)at, _image.Count - (int)at);
        _image.AddRange(data);
        if (action is FirmwareTransfer.Full or FirmwareTransfer.End)
        {
            _isTransferring = false;
            _versions[slot - 1] = $"BWFW VERSION {slot - 1}";
        }

        return MailboxReturnCode.Success;
    }

    private MailboxReply Activate(byte action, byte slot)
    {
        if (slot == 0 || slot == Active || slot > _versions.Length || _versions[slot - 1] is null)
        {
            return MailboxReturnCode.InvalidFirmwareSlot;
        }

        switch (action)
        {
            case FirmwareTransfer.ActivateOnline:
                (Active, Staged) = (slot, 0);
                return MailboxReturnCode.Success;
            case FirmwareTransfer.ActivateOffline:
                Staged = slot;
                return MailboxReturnCode.Success;
            default:
                return MailboxReturnCode.InvalidInput;
        }
    }
}
