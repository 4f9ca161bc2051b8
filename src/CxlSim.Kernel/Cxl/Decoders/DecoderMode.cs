namespace CxlSim.Kernel;

/// <summary>Which partition of a device an endpoint decoder maps (6.12: <c>enum cxl_decoder_mode</c>).</summary>
public enum DecoderMode
{
    None,
    Ram,
    Pmem,
}
