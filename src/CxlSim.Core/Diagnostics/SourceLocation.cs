namespace CxlSim.Core;

/// <summary>A place in a user's file; line and column count from 1.</summary>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>As compilers write it: <c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
