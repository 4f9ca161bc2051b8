namespace CxlSim.Kernel.Tests;

/// <summary>Small changes to bytes.</summary>
internal static class ByteTricks
{
    /// <summary>A copy with one byte changed.</summary>
    public static byte[] With(this byte[] bytes, int at, byte value) => [.. bytes[..at], value, .. bytes[(at + 1)..]];
}
