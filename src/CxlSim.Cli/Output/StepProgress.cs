namespace CxlSim.Cli;

/// <summary>What a long measurement is at: a line of a terminal that is written over; nothing elsewhere.</summary>
internal sealed class StepProgress : IDisposable
{
    private readonly bool _isShown = !Console.IsErrorRedirected;

    public void Step(string what)
    {
        if (_isShown)
        {
            Console.Error.Write($"\r\u001b[K{what}");
        }
    }

    public void Clear() => Step(string.Empty);

    public void Dispose() => Clear();
}
