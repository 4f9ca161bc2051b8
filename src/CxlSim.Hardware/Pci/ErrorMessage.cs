namespace CxlSim.Hardware;

/// <summary>What a function tells the root port of an error that it found (PCI Express Base 6.0 2.2.8.3).</summary>
public enum ErrorMessage
{
    Correctable,
    NonFatal,
    Fatal,
}
