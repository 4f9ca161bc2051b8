namespace CxlSim.Platform;

/// <summary>What a written platform file says beside its values: lines at its head, and a line above a thing.</summary>
public sealed class PlatformComments
{
    private readonly Dictionary<object, string> _above = new(ReferenceEqualityComparer.Instance);

    /// <summary>One line each, without the mark that makes it a comment.</summary>
    public IList<string> Head { get; } = [];

    /// <param name="described">A host bridge, a window, the kernel, the memory or the firmware of the description; of two lines for one thing the first stays.</param>
    /// <param name="line">One line, without the mark that makes it a comment.</param>
    public void Above(object described, string line) => _above.TryAdd(described, line);

    /// <summary>Null where nothing was said.</summary>
    public string? For(object described) => _above.GetValueOrDefault(described);
}
