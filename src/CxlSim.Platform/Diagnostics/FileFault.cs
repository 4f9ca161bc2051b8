namespace CxlSim.Platform;

/// <summary>What a file that a user has named can do wrong. It is told in a line; all else that is thrown is a bug of ours.</summary>
public static class FileFault
{
    /// <summary>Whether opening, reading or writing a file throws this: it is missing, not allowed, full, of another kind, or its name is none.</summary>
    public static bool Is(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException { ParamName: "path" };
}
