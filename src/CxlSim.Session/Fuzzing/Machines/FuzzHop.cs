namespace CxlSim.Session;

/// <summary>A host bridge or switch on the way to a device.</summary>
/// <param name="Unit">Its name among the machine's components.</param>
/// <param name="Port">The number of its port that leads on.</param>
internal sealed record FuzzHop(string Unit, byte Port);
