using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What a debugger goes through: a machine, and what is done to it.</summary>
/// <param name="platform">The machine.</param>
/// <param name="seed">Its chance.</param>
/// <param name="recording">What was done to it; null for the steps of its file.</param>
internal sealed class DebugStory(PlatformDescription platform, ulong seed, Recording? recording)
{
    public PlatformDescription Platform => platform;

    public ulong Seed => seed;

    /// <summary>How many things are done after the boot.</summary>
    public int Count => recording?.Requests.Count ?? platform.Steps.Count;

    /// <summary>Points that all its runs came through so far.</summary>
    public long Driven { get; set; }

    /// <summary>The same from its beginning, for a machine that is not on yet.</summary>
    public DebugScript Begin(MachineSession session) => recording is null ? new FileScript(session) : new RecordedScript(session, recording);
}
