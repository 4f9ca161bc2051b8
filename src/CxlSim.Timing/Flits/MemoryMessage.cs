namespace CxlSim.Timing;

/// <summary>The messages of CXL.mem that an access is made of (CXL r3.1 3.3).</summary>
public enum MemoryMessage
{
    /// <summary>Master to subordinate: a request without data, such as a read.</summary>
    Req,

    /// <summary>Master to subordinate: a request with a line of data.</summary>
    RwD,

    /// <summary>Subordinate to master: an answer without data, such as the completion of a write.</summary>
    Ndr,

    /// <summary>Subordinate to master: an answer with a line of data.</summary>
    Drs,
}
