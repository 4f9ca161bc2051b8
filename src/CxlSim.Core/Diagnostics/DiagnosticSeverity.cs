namespace CxlSim.Core;

/// <summary>An error makes the file meaningless; a warning names what a kernel would refuse or waste.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The run can go on.</summary>
    Warning,

    /// <summary>Nothing is run.</summary>
    Error,
}
