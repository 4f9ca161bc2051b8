namespace CxlSim.Views;

/// <summary>A NUMA node.</summary>
/// <param name="Id">Number.</param>
/// <param name="Cpus">Its CPUs, as the kernel lists them; empty where it has none.</param>
/// <param name="Zones">Those that have memory.</param>
public sealed record ReportNode(int Id, string Cpus, IReadOnlyList<ReportZone> Zones);
