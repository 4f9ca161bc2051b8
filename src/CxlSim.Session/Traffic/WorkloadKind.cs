namespace CxlSim.Session;

/// <summary>When a thread issues its next line.</summary>
public enum WorkloadKind
{
    /// <summary>So many lines outstanding; each that is done is followed by another after a pause.</summary>
    Closed,

    /// <summary>Lines that come whether or not earlier ones are done.</summary>
    Open,

    /// <summary>What cores do with streams, prefetchers included, as <c>cxlsim mlc</c> has it.</summary>
    Mix,

    /// <summary>What a file tells.</summary>
    Trace,
}
