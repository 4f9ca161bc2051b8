using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Something of a scenario that does not hold.</summary>
/// <param name="Location">Where the file says it.</param>
/// <param name="Message">In a line: what was looked at, what was expected, what was found.</param>
/// <param name="Details">More lines, such as why a step was refused or how a snapshot differs; empty for none.</param>
public sealed record ScenarioFailure(SourceLocation Location, string Message, string Details = "");
