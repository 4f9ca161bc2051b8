namespace CxlSim.Kernel;

/// <summary>Why an upload of firmware ended (enum fw_upload_err).</summary>
public enum FirmwareError
{
    None,
    Hardware,
    Canceled,
    InvalidSize,
    ReadWrite,
}
