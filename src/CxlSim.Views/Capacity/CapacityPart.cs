using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A piece of a device's capacity and what became of it.</summary>
/// <param name="Size">How much; a device's share where a region spreads over several.</param>
/// <param name="Use">What it is good for.</param>
/// <param name="Way">From the window on as far as it comes; empty where it does not begin.</param>
/// <param name="Why">What keeps it from use; empty for what is in use.</param>
/// <param name="Rule">The rule by which Linux does not use it, <c>CXKnnnn</c>; empty where it is none of Linux.</param>
public sealed record CapacityPart(ByteSize Size, CapacityUse Use, string Way, string Why, string Rule = "")
{
    public static string Word(CapacityUse use) => use switch
    {
        CapacityUse.InUse => "in use",
        CapacityUse.Free => "free",
        _ => "stranded",
    };

    public override string ToString()
    {
        string rule = Rule.Length == 0 ? string.Empty : $" ({Rule})";
        return $"{Size} {Word(Use)}{(Way.Length == 0 ? "" : $": {Way}")}{(Why.Length == 0 ? "" : $"{(Way.Length == 0 ? ":" : ";")} {Why}")}{rule}";
    }
}
