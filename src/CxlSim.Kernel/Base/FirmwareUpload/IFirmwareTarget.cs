using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A driver that takes firmware for its device (struct fw_upload_ops).</summary>
public interface IFirmwareTarget
{
    SimTask<FirmwareError> PrepareAsync(int size);

    /// <summary>Takes a part of the image from an offset on, and says how many bytes that were.</summary>
    SimTask<(FirmwareError Error, int Written)> WriteAsync(byte[] image, int offset);

    SimTask<FirmwareError> CompleteAsync();

    /// <summary>Somebody wants the upload to end; it ends when the driver next looks.</summary>
    void Cancel();
}
