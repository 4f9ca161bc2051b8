namespace CxlSim.Kernel;

/// <summary>The words for <see cref="DecoderMode"/> in sysfs.</summary>
public static class DecoderModes
{
    public static string Word(DecoderMode mode) => mode switch
    {
        DecoderMode.Ram => "ram",
        DecoderMode.Pmem => "pmem",
        DecoderMode.Mixed => "mixed",
        _ => "none",
    };

    /// <summary>What a kernel with a list of partitions calls the mode of one (<c>enum cxl_partition_mode</c>).</summary>
    public static int PartitionNumber(DecoderMode mode) => mode == DecoderMode.Ram ? 0 : 1;

    /// <summary>The modes that a user may ask for; everything else is <see cref="DecoderMode.None"/>.</summary>
    public static DecoderMode Parse(string word) => word switch
    {
        "ram" => DecoderMode.Ram,
        "pmem" => DecoderMode.Pmem,
        _ => DecoderMode.None,
    };
}
