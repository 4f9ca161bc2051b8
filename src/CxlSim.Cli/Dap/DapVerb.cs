namespace CxlSim.Cli;

/// <summary>A request that the adapter knows.</summary>
/// <param name="Command">Its name in the protocol.</param>
/// <param name="Do">Does it.</param>
internal sealed record DapVerb(string Command, Func<DapArguments, DapAnswer> Do);
