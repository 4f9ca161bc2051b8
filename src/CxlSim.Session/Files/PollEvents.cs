namespace CxlSim.Session;

/// <summary>What <c>poll(2)</c> tells of a file, by its bits.</summary>
[Flags]
public enum PollEvents : uint
{
    None = 0,
    In = 0x1,
    Priority = 0x2,
    Out = 0x4,
    Error = 0x8,
    ReadNormal = 0x40,
    WriteNormal = 0x100,

    /// <summary>A file whose reads and writes never wait (DEFAULT_POLLMASK).</summary>
    Always = In | Out | ReadNormal | WriteNormal,
}
