using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>The two sources: the platform file, and the boot as a script.</summary>
internal sealed class DapSources(DapState state)
{
    public IEnumerable<DapVerb> Verbs => [new("source", Source), new("loadedSources", _ => Loaded())];

    public static JsonObject OfPlatform(DapState state) => new() { ["name"] = Path.GetFileName(state.PlatformPath), ["path"] = state.PlatformPath };

    public static JsonObject OfScript(DapState state) => new()
    {
        ["name"] = $"boot of {Path.GetFileNameWithoutExtension(state.PlatformPath)}",
        ["sourceReference"] = state.ScriptReference,
        ["origin"] = "what this run does, line by line",
    };

    private DapAnswer Source(DapArguments arguments)
    {
        _ = state.Session;
        long reference = arguments.Object("source")?.Number("sourceReference", 0) ?? arguments.Number("sourceReference", 0);
        return reference == state.ScriptReference
            ? new DapAnswer(new JsonObject { ["content"] = state.Script.ToString(), ["mimeType"] = "text/x-cxlsim-boot" })
            : throw new DapRefusal($"found the source {reference}; expected {state.ScriptReference}, the boot as it is now");
    }

    private DapAnswer Loaded()
    {
        _ = state.Session;
        return new DapAnswer(new JsonObject { ["sources"] = new JsonArray(OfPlatform(state), OfScript(state)) });
    }
}
