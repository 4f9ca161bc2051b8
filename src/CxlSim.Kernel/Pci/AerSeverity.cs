namespace CxlSim.Kernel;

/// <summary>How bad an error is (<c>include/linux/aer.h</c>).</summary>
public enum AerSeverity
{
    NonFatal,
    Fatal,
    Correctable,
}
