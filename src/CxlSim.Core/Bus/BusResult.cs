namespace CxlSim.Core;

/// <summary>How a memory access ended.</summary>
public enum BusResult
{
    /// <summary>All bytes were read, or written.</summary>
    Done,

    /// <summary>No DRAM and no window claims the address, or no committed decoder does on the way: reads give ones, writes are dropped.</summary>
    DecodeError,
}
