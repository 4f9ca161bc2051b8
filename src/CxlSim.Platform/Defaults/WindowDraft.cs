using CxlSim.Core;

namespace CxlSim.Platform.Defaults;

/// <summary>A window before its place is known: the default base and size depend on everything else.</summary>
/// <param name="Window">All but the range.</param>
/// <param name="Base">Null: not said.</param>
/// <param name="Size">Null: not said.</param>
internal sealed record WindowDraft(WindowDescription Window, Hpa? Base, ByteSize? Size);
