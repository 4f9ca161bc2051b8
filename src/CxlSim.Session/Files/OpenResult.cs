using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What opening gives: a file, or why not.</summary>
public readonly record struct OpenResult(Errno Error, OpenedFile? File)
{
    public static implicit operator OpenResult(Errno error) => new(error, null);

    public static implicit operator OpenResult(OpenedFile file) => new(Errno.Ok, file);
}
