using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The device by which user space uploads firmware (<c>drivers/base/firmware_loader/sysfs_upload.c</c>, <c>sysfs.c</c>).</summary>
public sealed class FirmwareUpload(Simulation simulation, string name, IFirmwareTarget target) : Device(name)
{
    /// <summary>Far above any image; keeps a slip from eating the host's memory.</summary>
    private const int LargestImage = 1 << 28;

    private static readonly AttributeGroup Attributes = new(
        Attr<FirmwareUpload>.ReadWrite("loading", d => d._isLoading ? "1" : "0", (d, value) => d.StoreLoading(value)),
        new BinaryAttribute<FirmwareUpload>("data", FileMode.S0644, d => AttributeValue.Binary([.. d._image]), (d, offset, bytes) => d.StoreData(offset, bytes)),
        Attr<FirmwareUpload>.ReadOnly("status", d => WordOf(d._progress)),
        Attr<FirmwareUpload>.ReadOnly("remaining_size", d => d._remaining.ToString(CultureInfo.InvariantCulture)),
        Attr<FirmwareUpload>.ReadOnly("error", d => d.ShowError()),
        Attr<FirmwareUpload>.WriteOnly("cancel", (d, value) => d.StoreCancel(value)));

    private List<byte> _image = [];
    private bool _isLoading;
    private FirmwareProgress _progress;
    private int _remaining;
    private (FirmwareProgress At, FirmwareError Error) _failure;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    /// <summary>The driver goes: an upload under way is told to end (<c>firmware_upload_unregister</c>).</summary>
    public void Stop()
    {
        if (_progress != FirmwareProgress.Idle)
        {
            target.Cancel();
        }
    }

    private static string WordOf(FirmwareProgress progress) => progress.ToString().ToLowerInvariant();

    private static string WordOf(FirmwareError error) => error switch
    {
        FirmwareError.Hardware => "hw-error",
        FirmwareError.Canceled => "user-abort",
        FirmwareError.InvalidSize => "invalid-file-size",
        FirmwareError.ReadWrite => "read-write-error",
        _ => "none",
    };

    /// <summary>Empty as long as nothing failed; only an upload that is over can have failed.</summary>
    private AttributeValue ShowError() =>
        _progress != FirmwareProgress.Idle ? Errno.EBUSY
        : _failure.Error == FirmwareError.None ? AttributeValue.Raw(string.Empty)
        : $"{WordOf(_failure.At)}:{WordOf(_failure.Error)}";

    /// <summary>1 begins an image, 0 ends it and hands it over, -1 drops it (<c>firmware_loading_store</c>).</summary>
    private Errno StoreLoading(string value)
    {
        switch (Kstrto.Trim(value).Trim())
        {
            case "1":
                if (_progress == FirmwareProgress.Idle)
                {
                    _image = [];
                }

                _isLoading = true;
                return Errno.Ok;
            case "0" when _isLoading:
                _isLoading = false;
                return Start();
            default:
                _isLoading = false;
                return Errno.Ok;
        }
    }

    private Errno StoreData(long offset, byte[] bytes)
    {
        if (_progress != FirmwareProgress.Idle)
        {
            return Errno.ENODEV;
        }

        if (offset + bytes.Length > LargestImage)
        {
            return Errno.ENOMEM;
        }

        while (_image.Count < offset)
        {
            _image.Add(0);
        }

        _image.RemoveRange((int)offset, Math.Min(bytes.Length, _image.Count - (int)offset));
        _image.InsertRange((int)offset, bytes);
        return Errno.Ok;
    }

    private Errno StoreCancel(string value)
    {
        if (Kstrto.Bool(value, out bool cancel) != Errno.Ok || !cancel)
        {
            return Errno.EINVAL;
        }

        target.Cancel();
        return _progress == FirmwareProgress.Idle ? Errno.ENODEV : Errno.Ok;
    }

    /// <summary>The rest is for a worker (<c>fw_upload_start</c>).</summary>
    private Errno Start()
    {
        if (_image.Count == 0)
        {
            return Errno.Ok;
        }

        if (_progress != FirmwareProgress.Idle)
        {
            return Errno.EBUSY;
        }

        (_progress, _failure, _remaining) = (FirmwareProgress.Receiving, default, _image.Count);
        simulation.Spawn("fw_upload_main", UploadAsync, isBackground: true);
        return Errno.Ok;
    }

    /// <summary>What remains stays as it is after an error.</summary>
    private async SimTask UploadAsync()
    {
        await simulation.Delay(SimDuration.Zero);
        byte[] image = [.. _image];
        _progress = FirmwareProgress.Preparing;
        FirmwareError error = await target.PrepareAsync(image.Length);
        if (error == FirmwareError.None)
        {
            _progress = FirmwareProgress.Transferring;
        }

        while (error == FirmwareError.None && _remaining > 0)
        {
            (error, int written) = await target.WriteAsync(image, image.Length - _remaining);
            error = error == FirmwareError.None && written == 0 ? FirmwareError.ReadWrite : error;
            _remaining -= error == FirmwareError.None ? written : 0;
        }

        if (error == FirmwareError.None)
        {
            _progress = FirmwareProgress.Programming;
            error = await target.CompleteAsync();
        }

        _failure = (_progress, error);
        _image = [];
        _progress = FirmwareProgress.Idle;
    }
}
