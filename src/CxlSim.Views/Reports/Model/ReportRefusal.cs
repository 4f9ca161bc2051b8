namespace CxlSim.Views;

/// <summary>Something that Linux refused or wasted.</summary>
/// <param name="Heading">What was tried, or what is so.</param>
/// <param name="Lines">The rule, then one fact to a line, as <c>cxlsim explain</c> prints them.</param>
/// <param name="IsExpected">Whether the platform file expects it.</param>
public sealed record ReportRefusal(string Heading, IReadOnlyList<string> Lines, bool IsExpected = false);
