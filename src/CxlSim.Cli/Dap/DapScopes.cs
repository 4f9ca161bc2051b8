using System.Globalization;
using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>What of the machine can be looked at from a level of the stack.</summary>
internal sealed class DapScopes(DapState state, DapObjects objects, DapRegisters registers)
{
    public IEnumerable<DapVerb> Verbs => [new("scopes", Scopes), new("variables", Variables)];

    private DapAnswer Scopes(DapArguments arguments)
    {
        long frame = arguments.Number("frameId");
        IReadOnlyList<SimFrame> frames = DapStack.FramesOf(state);
        int first = state.PlatformLine is null ? 1 : 2;
        if (frame < 1 || frame > frames.Count + first)
        {
            throw new DapRefusal($"found the frame {frame}; expected one of the stack as it is now");
        }

        // The innermost function is the first: the line of the platform file, where one is above it, is about the same object.
        int index = frames.Count - 1 - (int)Math.Max(0, frame - first);
        List<JsonObject> scopes = [];
        if (index >= 0 && ObjectOf(frames[index]) is { } node)
        {
            scopes.Add(Scope(node.Owner.Name, "arguments", () => objects.Of(node)));
        }

        RegisterUnit? unit = index < 0 ? null : frames[index].Subject.Split(' ').Select(registers.Find).FirstOrDefault(found => found is not null);
        scopes.Add(Scope("Registers", "registers", () => unit is null ? registers.All() : registers.Of(unit)));

        scopes.Add(Scope("Machine", null, Machine));
        scopes.Add(Scope("Devices", null, Devices));
        scopes.Add(Scope("Queue", null, Queue));
        if (state.Machine.Kernel is { } kernel)
        {
            scopes.Add(Scope("iomem", null, () => [.. kernel.Iomem.Root.Children.Select(Resource)]));
            scopes.Add(Scope("sysfs", null, () => objects.Of(new SysfsNode(kernel.Sysfs.Root, null, null))));
        }

        return new DapAnswer(new JsonObject { ["scopes"] = new JsonArray([.. scopes]) });
    }

    private DapAnswer Variables(DapArguments arguments)
    {
        IReadOnlyList<DapVariable> list = state.Handles.Get(arguments.Number("variablesReference"));
        int start = (int)Math.Clamp(arguments.Number("start", 0), 0, list.Count);
        long count = arguments.Number("count", 0);
        IEnumerable<DapVariable> wanted = count > 0 ? list.Skip(start).Take((int)Math.Min(count, list.Count)) : list.Skip(start);
        return new DapAnswer(new JsonObject { ["variables"] = new JsonArray([.. wanted.Select(ToJson)]) });
    }

    private JsonNode ToJson(DapVariable variable)
    {
        JsonObject json = new() { ["name"] = variable.Name, ["value"] = variable.Value, ["variablesReference"] = state.Handles.Add(variable.Children) };
        if (variable.Expression is not null)
        {
            json["evaluateName"] = variable.Expression;
        }

        if (variable.Memory is not null)
        {
            json["memoryReference"] = variable.Memory;
        }

        if (variable.Set is null && variable.Children is null)
        {
            json["presentationHint"] = new JsonObject { ["attributes"] = new JsonArray("readOnly") };
        }

        return json;
    }

    private JsonObject Scope(string name, string? hint, Func<IReadOnlyList<DapVariable>> list)
    {
        JsonObject scope = new() { ["name"] = name, ["variablesReference"] = state.Handles.Add(list), ["expensive"] = false };
        if (hint is not null)
        {
            scope["presentationHint"] = hint;
        }

        return scope;
    }

    /// <summary>The first name of a frame's subject that is an object by now.</summary>
    private SysfsNode? ObjectOf(SimFrame frame) => frame.Subject.Split(' ').Select(objects.Named).FirstOrDefault(node => node is not null);

    private IReadOnlyList<DapVariable> Machine() =>
    [
        new("time", $"{state.Machine.Simulation.Now.ToString().Trim()} s") { Expression = "time" },
        new("event", state.Session.Position.Event.ToString(CultureInfo.InvariantCulture)) { Expression = "event" },
        new("phase", state.Machine.Phase.ToString()) { Expression = "phase" },
        new("kernel", state.Machine.Kernel is null ? "does not run yet" : $"Linux {state.Machine.Platform.Kernel.Version}"),
        new("command line", state.Machine.Platform.Kernel.CommandLine),
        new("steps done", string.Create(CultureInfo.InvariantCulture, $"{state.Session.Steps.Count} of {state.Machine.Platform.Steps.Count}")),
        new("refusals", state.Machine.Kernel?.Refusals.Count.ToString(CultureInfo.InvariantCulture) ?? "0")
        {
            Children = state.Machine.Kernel is { Refusals.Count: > 0 } kernel ? () => [.. kernel.Refusals.All.Select(refusal => new DapVariable($"{refusal.Subject} {refusal.Error}", refusal.Reason))] : null,
        },
    ];

    private IReadOnlyList<DapVariable> Devices() => [.. state.Machine.Devices.Select(device =>
    {
        CxlMemdev? memdev = state.Machine.MemdevOf(device);
        return new DapVariable(device.Id, $"{memdev?.Name ?? "no memdev"}, {device.Address?.ToString() ?? "no bus number"}, {device.Capacity}, {device.Touched} touched")
        {
            Memory = DapMemory.Reference(device.Id, Dpa.Zero),
            Expression = memdev?.Name,
            Children = () => [.. memdev is null ? [] : objects.Of(new SysfsNode(memdev, null, null)), .. registers.Find(device.Id) is { } unit ? registers.Of(unit) : []],
        };
    })];

    private IReadOnlyList<DapVariable> Queue() =>
        [.. QueueText.Render(state.Machine.Simulation).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, number) => new DapVariable(string.Create(CultureInfo.InvariantCulture, $"[{number}]"), line.Trim()))];

    private static DapVariable Resource(Resource resource) => new(resource.Range.ToString(), resource.Name)
    {
        Memory = DapMemory.Reference(resource.Range.Start),
        Children = resource.Children.Count > 0 ? () => [.. resource.Children.Select(Resource)] : null,
    };
}
