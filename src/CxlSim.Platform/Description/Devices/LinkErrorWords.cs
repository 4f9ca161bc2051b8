namespace CxlSim.Platform;

/// <summary>Errors that a function of PCI Express finds on its link or in a packet, and their bits (PCI Express Base 6.0 7.8.4.2, 7.8.4.5).</summary>
public static class LinkErrorWords
{
    /// <summary>Those that are corrected first.</summary>
    public static readonly IReadOnlyList<(string Word, bool IsCorrectable, int Bit)> All =
    [
        ("receiver-error", true, 0), ("bad-tlp", true, 6), ("bad-dllp", true, 7), ("replay-rollover", true, 8), ("replay-timeout", true, 12), ("advisory-nonfatal", true, 13),
        ("data-link-protocol", false, 4), ("surprise-down", false, 5), ("poisoned-tlp", false, 12), ("flow-control", false, 13), ("completion-timeout", false, 14),
        ("completer-abort", false, 15), ("unexpected-completion", false, 16), ("receiver-overflow", false, 17), ("malformed-tlp", false, 18), ("ecrc", false, 19),
        ("unsupported-request", false, 20), ("acs-violation", false, 21),
    ];
}
