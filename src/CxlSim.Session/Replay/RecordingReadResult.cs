using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What became of a file: a recording, or what is wrong with it; warnings may come with either.</summary>
/// <param name="Recording">Null where there is an error among the diagnostics.</param>
/// <param name="Diagnostics">In the order of the file.</param>
public sealed record RecordingReadResult(Recording? Recording, IReadOnlyList<Diagnostic> Diagnostics);
