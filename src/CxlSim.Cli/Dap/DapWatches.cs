using System.Globalization;
using System.Text.Json.Nodes;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Data breakpoints: accesses to memory, writes of attributes and registers.</summary>
internal sealed class DapWatches(DapState state, DapBreakpoints breakpoints)
{
    public IEnumerable<DapVerb> Verbs => [new("dataBreakpointInfo", Info), new("setDataBreakpoints", Set)];

    /// <summary>An address becomes the place of a watchpoint on it; null where the text is none.</summary>
    private string? PlaceOf(string address, long bytes)
    {
        int colon = address.LastIndexOf(':');
        bool isKnown = colon < 0 || state.Machine.Platform.Devices.Any(device => device.Id == address[..colon]);
        return isKnown && DebugNumber.TryParse(address[(colon + 1)..], out _)
            ? string.Create(CultureInfo.InvariantCulture, $"{(colon < 0 ? "hpa" : "dpa")} {address}+{Math.Max(1, bytes)}")
            : null;
    }

    private DapAnswer Info(DapArguments arguments)
    {
        string name = arguments.Text("name");
        long handle = arguments.Number("variablesReference", 0);
        DapVariable? variable = handle > 0 ? state.Handles.Get(handle).FirstOrDefault(candidate => candidate.Name == name) : null;
        string? place = variable is not null ? variable.Watch : PlaceOf(name, arguments.Number("bytes", 1));
        bool isMemory = place is not null && variable is null;
        return new DapAnswer(new JsonObject
        {
            ["dataId"] = place,
            ["description"] = place ?? $"'{name}' is neither memory nor something that is written; expected an address, DEVICE:ADDRESS, or a variable that can be set",
            ["accessTypes"] = isMemory ? new JsonArray("read", "write", "readWrite") : new JsonArray("write"),
            ["canPersist"] = true,
        });
    }

    private DapAnswer Set(DapArguments arguments) => breakpoints.Replace("data", [.. arguments.Objects("breakpoints").Select(wanted =>
    {
        string place = wanted.Text("dataId");
        bool isMemory = place.StartsWith("hpa ", StringComparison.Ordinal) || place.StartsWith("dpa ", StringComparison.Ordinal);
        string mode = wanted.TextOrNull("accessType") switch
        {
            null or "write" => "w",
            "read" => "r",
            "readWrite" => "rw",
            { } other => throw new DapRefusal($"found the access type '{other}'; expected read, write or readWrite"),
        };
        return new DapBreakpoint(0, string.Empty, "data breakpoint", DapBreakpoints.Conditional(isMemory ? $"{place} {mode}" : place, wanted));
    })]);
}
