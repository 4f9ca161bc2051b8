using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>A refusal in a few lines: the rule, then what it was about, one fact to a line.</summary>
public static class RefusalText
{
    /// <param name="refusal">What was refused.</param>
    /// <param name="proposal">What to change in the platform file; empty where the kernel's own nearest change is to be shown.</param>
    public static IEnumerable<string> Lines(Refusal refusal, string proposal = "")
    {
        yield return $"{refusal.Rule.Number} {refusal.Rule.Title}";
        yield return $"  object   {refusal.Subject}";
        if (refusal.Write is { } write)
        {
            yield return $"  write    '{write.Value}' to {write.Path}";
        }

        yield return $"  in       {Way(refusal)}";
        yield return $"  answer   {refusal.Error}";
        yield return $"  reason   {refusal.Reason}";
        if (refusal.Values.Count > 0)
        {
            yield return $"  values   {string.Join(", ", refusal.Values.Select(value => $"{value.Name} = {value.Value}"))}";
        }

        if (proposal.Length > 0)
        {
            yield return $"  nearest  {proposal}";
        }
        else if (refusal.Nearest is { } nearest)
        {
            yield return $"  nearest  {nearest.Text}";
        }
    }

    /// <summary>From the function that the call entered by to the one that refused.</summary>
    private static string Way(Refusal refusal)
    {
        IEnumerable<string> frames = refusal.Frames.Select(frame => $"{frame.Function} {frame.Subject}");
        bool isNamed = refusal.Frames.Count > 0 && refusal.Frames[^1].Function == refusal.Rule.Function;
        return $"{string.Join(" > ", isNamed ? frames : frames.Append(refusal.Rule.Function))} ({refusal.Rule.Source})";
    }

    /// <summary>The lines below one another, each with an indent before it.</summary>
    public static string Render(Refusal refusal, string proposal = "", string indent = "") => string.Concat(Lines(refusal, proposal).Select(line => $"{indent}{line}\n"));
}
