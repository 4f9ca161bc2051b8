namespace CxlSim.Engine;

/// <summary>Closes a frame when it is disposed.</summary>
public readonly struct FrameScope : IDisposable
{
    private readonly SimThread? _thread;
    private readonly int _depth;

    internal FrameScope(SimThread? thread, string function, string subject)
    {
        _thread = thread;
        _depth = thread?.Frames.Count ?? 0;
        thread?.Push(new SimFrame(function, subject));
    }

    /// <summary>Closes the frame, and those opened in it that are still open.</summary>
    public void Dispose() => _thread?.PopTo(_depth);
}
