namespace CxlSim.Kernel;

/// <summary>What the kernel refused or wasted of what it was given, in the order in which it met it; the same thing is kept once.</summary>
public sealed class KernelFindings
{
    /// <summary>A spoilt table may have a mistake in every other byte: nobody reads more than this.</summary>
    private const int Most = 1000;

    private readonly HashSet<KernelFinding> _seen = [];
    private readonly List<KernelFinding> _all = [];

    public IReadOnlyList<KernelFinding> All => _all;

    public void Report(KernelRule rule, FindingPlace place, string found, FieldValue? nearest = null)
    {
        KernelFinding finding = new(rule, place, found, nearest);
        if (_all.Count < Most && _seen.Add(finding))
        {
            _all.Add(finding);
        }
    }
}
