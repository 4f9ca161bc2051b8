namespace CxlSim.Session;

/// <summary>Something that only one line at a time can have.</summary>
/// <param name="Name">For the user.</param>
/// <param name="Busy">Share of the time, 0 to 1.</param>
/// <param name="CreditStalls">How often it stood still because the receiver had no room.</param>
public sealed record ResourceLoad(string Name, double Busy, long CreditStalls);
