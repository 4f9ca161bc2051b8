namespace CxlSim.Kernel;

/// <summary>Which partition of a device an endpoint decoder maps (6.12: <c>enum cxl_decoder_mode</c>).</summary>
public enum DecoderMode
{
    None,
    Ram,
    Pmem,

    /// <summary>Firmware has it begin in one partition and end in the other; nobody may ask for that, and no region has it.</summary>
    Mixed,
}
