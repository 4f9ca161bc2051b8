namespace CxlSim.Kernel;

/// <summary>A BAR of memory, as its device tells it (<c>drivers/pci/probe.c</c>).</summary>
/// <param name="Index">Of six, or two of a bridge; one of 64 bits takes the next as well.</param>
/// <param name="Size">In bytes, never 0.</param>
/// <param name="Is64Bit">Whether its address has 64 bits.</param>
/// <param name="IsPrefetchable">Whether reading has no side effects.</param>
public sealed record PciBar(int Index, ulong Size, bool Is64Bit, bool IsPrefetchable);
