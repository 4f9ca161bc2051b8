namespace CxlSim.Cli;

/// <summary>What the user asked of <c>cxlsim replay</c>.</summary>
/// <param name="Recording">The file to play.</param>
/// <param name="Trace">File that takes every trace record; null for none.</param>
/// <param name="Dmesg">File that takes the whole kernel log; null for none.</param>
/// <param name="Quiet">Whether only the exit code speaks.</param>
internal sealed record ReplayOptions(string Recording, string? Trace, string? Dmesg, bool Quiet);
