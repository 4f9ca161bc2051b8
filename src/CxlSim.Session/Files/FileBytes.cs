using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What a read gives: bytes, or an error. The bytes stand until the next read of the same open.</summary>
public readonly record struct FileBytes(Errno Error, ReadOnlyMemory<byte> Bytes)
{
    public static FileBytes Of(ReadOnlyMemory<byte> bytes) => new(Errno.Ok, bytes);

    public static FileBytes Of(Errno error) => new(error, default);
}
