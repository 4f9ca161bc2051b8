namespace CxlSim.Fuse;

/// <summary>A read of a stream that may have to wait.</summary>
internal sealed class PendingRead
{
    private volatile bool _isInterrupted;

    /// <summary>Whoever asked is answered already, and does not want the bytes any more. Set by libfuse's thread, looked at in the loop.</summary>
    public bool IsInterrupted
    {
        get => _isInterrupted;
        set => _isInterrupted = value;
    }
}
