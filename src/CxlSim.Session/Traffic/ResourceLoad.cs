namespace CxlSim.Session;

/// <summary>Something that only one line at a time can have.</summary>
/// <param name="Name">For the user.</param>
/// <param name="Busy">Share of the time, 0 to 1.</param>
/// <param name="CreditStalls">Messages that had to wait because the receiver had no room for them, those behind them aside.</param>
public sealed record ResourceLoad(string Name, double Busy, long CreditStalls);
