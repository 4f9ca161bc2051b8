namespace CxlSim.Cli;

/// <summary>A request that makes no sense here: it is answered with this message, and nothing has changed. Never leaves the adapter.</summary>
internal sealed class DapRefusal(string message) : Exception(message);
