using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Hands firmware to a memory device, part by part, and stages it for the next reset (<c>cxl_fw_write</c> in <c>drivers/cxl/core/memdev.c</c>).</summary>
public sealed class CxlFirmware(KernelLog log, CxlMemdev memdev) : IFirmwareTarget
{
    /// <summary>How long the driver waits for the device to work on one part.</summary>
    private const int PartSeconds = 30;

    private int _slots;
    private int _activeSlot;
    private bool _isWhole;
    private bool _isCanceled;

    public async SimTask<FirmwareError> PrepareAsync(int size)
    {
        if (size == 0)
        {
            return FirmwareError.InvalidSize;
        }

        _isWhole = FirmwareTransfer.HeaderSize + size < memdev.Mailbox.PayloadSize;
        (Errno error, byte[] info) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetFirmwareInfo, []);
        if (error != Errno.Ok || info.Length < FirmwareTransfer.InfoLength || info[0] == 0)
        {
            return FirmwareError.Hardware;
        }

        _slots = info[0];
        _activeSlot = info[FirmwareTransfer.SlotInfoOffset] & FirmwareTransfer.ActiveSlotMask;
        return TakeCancel() ? FirmwareError.Canceled : FirmwareError.None;
    }

    public async SimTask<(FirmwareError Error, int Written)> WriteAsync(byte[] image, int offset)
    {
        int size = Math.Min(image.Length - offset, memdev.Mailbox.PayloadSize - FirmwareTransfer.HeaderSize);
        bool isLast = offset + size == image.Length;
        if (TakeCancel())
        {
            return (await AbortAsync(), 0);
        }

        byte slot = (byte)((_activeSlot % _slots) + 1);
        byte action = _isWhole ? FirmwareTransfer.Full : offset == 0 ? FirmwareTransfer.Initiate : isLast ? FirmwareTransfer.End : FirmwareTransfer.Continue;
        byte[] request = new ByteWriter()
            .U8(action).U8(_isWhole || isLast ? slot : (byte)0).Zeros(2).U32((uint)(offset / FirmwareTransfer.Unit))
            .Zeros(FirmwareTransfer.HeaderSize - 8).Bytes(image.AsSpan(offset, size)).ToArray();
        (Errno error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.TransferFirmware, request, PartSeconds);
        if (error != Errno.Ok)
        {
            return (FirmwareError.ReadWrite, 0);
        }

        return isLast ? (await ActivateAsync(slot), size) : (FirmwareError.None, size);
    }

    public async SimTask<FirmwareError> CompleteAsync() => TakeCancel() ? await AbortAsync() : FirmwareError.None;

    public void Cancel() => _isCanceled = true;

    private bool TakeCancel()
    {
        bool canceled = _isCanceled;
        _isCanceled = false;
        return canceled;
    }

    private async SimTask<FirmwareError> ActivateAsync(byte slot)
    {
        log.Debug(memdev, $"Activating firmware slot: {slot}");
        (Errno error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.ActivateFirmware, [FirmwareTransfer.ActivateOffline, slot]);
        if (error == Errno.Ok)
        {
            return FirmwareError.None;
        }

        log.Error(memdev, $"the device refuses the firmware in slot {slot} ({-(int)error})");
        return FirmwareError.Hardware;
    }

    private async SimTask<FirmwareError> AbortAsync()
    {
        byte[] request = [FirmwareTransfer.Abort, .. new byte[FirmwareTransfer.HeaderSize - 1]];
        (Errno error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.TransferFirmware, request, PartSeconds);
        if (error != Errno.Ok)
        {
            log.Error(memdev, $"the transfer of firmware cannot be aborted ({-(int)error})");
        }

        return FirmwareError.Canceled;
    }
}
