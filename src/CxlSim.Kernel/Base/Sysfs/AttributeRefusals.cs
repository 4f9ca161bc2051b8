using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Why a write failed that no driver has said more of: what every file of sysfs refuses.</summary>
internal static class AttributeRefusals
{
    /// <summary>Files of words for yes and no, whose subsystems say nothing more.</summary>
    private static readonly string[] Booleans = ["demotion_enabled", "online", "raw_allow_all"];

    /// <summary>Ties the reason to the write, and finds a general one where there is none.</summary>
    /// <param name="refusals">Where reasons are kept.</param>
    /// <param name="mark">How many there were before the write.</param>
    /// <param name="node">The file; null where there is none.</param>
    /// <param name="above">What the path names without its last step; null where that is not there either.</param>
    /// <param name="error">What the write answered.</param>
    /// <param name="write">What was written where.</param>
    public static void Explain(KernelRefusals refusals, long mark, SysfsNode? node, SysfsNode? above, Errno error, AttributeWrite write)
    {
        if (node is null)
        {
            string name = write.Path[(write.Path.LastIndexOf('/') + 1)..];
            (string reason, NearestChange? nearest) = above is { } parent ? Missing(parent.Owner, name) : ($"there is nothing at {write.Path[..^name.Length]}", null);
            refusals.Report(RefusalRules.AttributeMissing, error, above is { } owner ? NameOf(owner.Owner) : write.Path, reason, nearest);
        }
        else if (!refusals.IsExplained(mark, error))
        {
            (KernelRule rule, string reason) = Of(node.Value, error, write.Value);
            refusals.Report(rule, error, node.Value.Owner.Name, reason);
        }

        refusals.Attribute(mark, error, write);
    }

    private static (string Reason, NearestChange? Nearest) Missing(KObject owner, string name) =>
        owner.ExplainMissing(name) is { } said ? said : ($"{NameOf(owner)} has no {name}", null);

    /// <summary>The root has no name of its own.</summary>
    private static string NameOf(KObject owner) => owner.Parent is null ? "/sys" : owner.Name;

    private static (KernelRule Rule, string Reason) Of(SysfsNode node, Errno error, string value)
    {
        Errno parsed = Kstrto.U64(value, out _);
        return (error, node.Attribute) switch
        {
            (Errno.EISDIR, _) => (RefusalRules.AttributeDirectory, $"{node.Owner.Name} is a directory"),
            (Errno.EACCES, { CanRead: false, CanWrite: true } attribute) => (RefusalRules.AttributeMode, $"the mode of {attribute.Name} is {Convert.ToString((int)attribute.Mode, 8).PadLeft(4, '0')}"),
            (_, null) => (RefusalRules.ValueRefused, $"{node.Owner.Name} is no attribute"),
            (Errno.EACCES, { CanWrite: false } attribute) => (RefusalRules.AttributeMode, $"the mode of {attribute.Name} is {Convert.ToString((int)attribute.Mode, 8).PadLeft(4, '0')}"),
            (Errno.EINVAL, { } attribute) when Booleans.Contains(attribute.Name) => (RefusalRules.NotABoolean, $"'{value}' is neither yes nor no"),
            (Errno.EINVAL, _) when parsed == error => (RefusalRules.NotANumber, $"'{value}' is no number"),
            (Errno.ERANGE, _) => (RefusalRules.NumberTooLarge, $"{value} does not fit"),
            (_, { } attribute) => (RefusalRules.ValueRefused, $"{attribute.Name} answers {error} to '{value}'"),
        };
    }
}
