using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>A line of the kernel log.</summary>
/// <param name="Time">Since power-on.</param>
/// <param name="Level">As <c>printk</c> counts: 0 emergency to 7 debug.</param>
/// <param name="Text">Without time and level.</param>
public sealed record TimelineLine(SimTime Time, int Level, string Text);
