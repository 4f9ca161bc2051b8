namespace CxlSim.Kernel;

/// <summary>Something that Linux refused or wasted, said where the model does so: beside the log line, in a form that can be led back to its cause.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Place">Where the cause stands.</param>
/// <param name="Found">What is there, as the rest of a sentence that begins with "found".</param>
/// <param name="Nearest">The nearest value that works; null where no single value would.</param>
public sealed record KernelFinding(KernelRule Rule, FindingPlace Place, string Found, FieldValue? Nearest = null);
