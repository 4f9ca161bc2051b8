using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Cli;

/// <summary>Refusals as an editor's exceptions: all of them, or those with an errno.</summary>
internal sealed class DapExceptions(DapState state, DapBreakpoints breakpoints)
{
    private const string Any = "refused";

    /// <summary>The errors of which a user most often wants to know whence they come; others are named in the condition of the first filter.</summary>
    private static readonly string[] Common = [nameof(Errno.EBUSY), nameof(Errno.EINVAL), nameof(Errno.ENXIO), nameof(Errno.ENODEV), nameof(Errno.ENOMEM), nameof(Errno.ENOSPC), nameof(Errno.EIO)];

    /// <summary>What the client may choose from.</summary>
    public static JsonArray Filters =>
    [
        new JsonObject
        {
            ["filter"] = Any, ["label"] = "Refusals", ["description"] = "Stop when the kernel refuses something.", ["default"] = false,
            ["supportsCondition"] = true, ["conditionDescription"] = "One or more errors, such as EBUSY EINVAL",
        },
        .. Common.Select(error => new JsonObject { ["filter"] = error, ["label"] = $"Refusals with {error}", ["default"] = false }),
    ];

    public IEnumerable<DapVerb> Verbs => [new("setExceptionBreakpoints", Set), new("exceptionInfo", Info)];

    private DapAnswer Set(DapArguments arguments)
    {
        IEnumerable<string> filters = arguments.Texts("filters");
        IEnumerable<string> optional = arguments.Objects("filterOptions").SelectMany(option =>
            option.TextOrNull("condition")?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } errors ? errors : [option.Text("filterId")]);
        return breakpoints.Replace("exceptions", [.. filters.Concat(optional).Select(Breakpoint)]);
    }

    private static DapBreakpoint Breakpoint(string filter) => filter == Any || Enum.GetNames<Errno>().Contains(filter)
        ? new DapBreakpoint(0, string.Empty, "exception", filter)
        : throw new DapRefusal($"found the filter '{filter}'; expected '{Any}' or an error such as EBUSY");

    private DapAnswer Info(DapArguments arguments)
    {
        Refusal refusal = state.Stop.Hits.Count > 0 && state.Machine.Kernel?.Refusals.All.LastOrDefault() is { } last ? last : throw new DapRefusal("nothing was refused here");
        string nearest = refusal.Nearest is { } change ? $"\nThe nearest that passes: {change}" : string.Empty;
        return new DapAnswer(new JsonObject
        {
            ["exceptionId"] = refusal.Error.ToString(),
            ["description"] = $"{refusal.Subject}: {refusal.Reason}",
            ["breakMode"] = "always",
            ["details"] = new JsonObject
            {
                ["message"] = $"{refusal.Rule.Number} {refusal.Rule.Title}: {refusal.Reason}{string.Concat(refusal.Values.Select(value => $"\n  {value}"))}{nearest}",
                ["typeName"] = refusal.Error.ToString(),
                ["stackTrace"] = string.Join('\n', refusal.Frames.Reverse().Select(frame => $"{frame.Function} {frame.Subject}")),
            },
        });
    }
}
