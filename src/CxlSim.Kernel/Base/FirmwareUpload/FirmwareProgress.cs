namespace CxlSim.Kernel;

/// <summary>How far an upload of firmware is (enum fw_upload_prog); its words are those of the file <c>status</c>.</summary>
public enum FirmwareProgress
{
    Idle,
    Receiving,
    Preparing,
    Transferring,
    Programming,
}
