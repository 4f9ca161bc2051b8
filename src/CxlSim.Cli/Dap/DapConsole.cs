using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Evaluates what a user types or points at: the commands of <c>cxlsim debug</c> in the console, names and addresses everywhere; and sets variables.</summary>
internal sealed class DapConsole(DapState state, DapObjects objects, DapMotion motion)
{
    private readonly StringWriter _output = new();
    private DebugShell? _shell;
    private DebugSession? _shellOf;

    public IEnumerable<DapVerb> Verbs => [new("evaluate", Evaluate), new("setVariable", SetVariable), new("completions", Complete)];

    private DapAnswer Evaluate(DapArguments arguments)
    {
        string expression = arguments.Text("expression").Trim();
        bool isConsole = arguments.TextOrNull("context") == "repl";
        if (isConsole && Shell().Knows(expression))
        {
            return Command(expression);
        }

        return Value(expression) is { } variable ? new DapAnswer(Result(variable))
            : isConsole ? Command(expression)
            : throw new DapRefusal($"found '{expression}'; expected an object such as mem0, an attribute such as mem0/serial, a path below /sys, an address, DEVICE:ADDRESS, time, event or phase");
    }

    private JsonObject Result(DapVariable variable)
    {
        JsonObject body = new() { ["result"] = variable.Value.Length > 0 ? variable.Value : variable.Name, ["variablesReference"] = state.Handles.Add(variable.Children) };
        if (variable.Memory is not null)
        {
            body["memoryReference"] = variable.Memory;
        }

        return body;
    }

    /// <summary>Null where the text names nothing.</summary>
    private DapVariable? Value(string expression) => expression switch
    {
        "time" => new DapVariable(expression, $"{state.Machine.Simulation.Now.ToString().Trim()} s"),
        "event" => new DapVariable(expression, state.Session.Position.ToString()),
        "phase" => new DapVariable(expression, state.Machine.Phase.ToString()),
        _ => Address(expression) ?? objects.Find(expression),
    };

    private DapVariable? Address(string expression)
    {
        int colon = expression.LastIndexOf(':');
        if (!DebugNumber.TryParse(expression[(colon + 1)..], out ulong address))
        {
            return null;
        }

        if (colon >= 0)
        {
            return state.Machine.Routes.Find(expression[..colon]) is { } device
                ? new DapVariable(expression, $"a byte of {device.Device.Id}") { Memory = DapMemory.Reference(device.Device.Id, new Dpa(address)) }
                : null;
        }

        string where = state.Machine.Resolve(new Hpa(address)) is { } target ? $"{target.Device} dpa {target.Address}" : "no device: no committed decoder leads there";
        return new DapVariable(expression, where) { Memory = DapMemory.Reference(new Hpa(address)) };
    }

    /// <summary>A command of the terminal's debugger. Where it moves the machine, the client hears of it as of any movement.</summary>
    private DapAnswer Command(string line)
    {
        DebugShell shell = Shell();
        DebugPosition before = state.Session.Position;
        _output.GetStringBuilder().Clear();
        bool isGood = line.Length > 0 && shell.Execute(line);
        DapAnswer answer = new(new JsonObject { ["result"] = _output.ToString().TrimEnd('\n'), ["variablesReference"] = 0 });
        if (shell.HasQuit)
        {
            return answer with { After = () => state.Writer.Event("terminated") };
        }

        Action? moved = state.Session.Position != before ? () => motion.Arrive(new DebugStop(DebugStopReason.Arrived, state.Session.Hits)) : null;
        return isGood ? answer with { After = moved } : new DapAnswer { Fault = _output.ToString().TrimEnd('\n') };
    }

    /// <summary>As the terminal completes its lines.</summary>
    private DapAnswer Complete(DapArguments arguments)
    {
        string text = arguments.Text("text");
        int end = (int)Math.Clamp(arguments.Number("column") - state.FirstColumn, 0, text.Length);
        Completion completion = Shell().Complete(text[..end]);
        JsonNode[] targets = [.. completion.Words.Select(word => new JsonObject { ["label"] = word, ["start"] = completion.Start + state.FirstColumn, ["length"] = end - completion.Start })];
        return new DapAnswer(new JsonObject { ["targets"] = new JsonArray(targets) });
    }

    private DebugShell Shell()
    {
        if (_shell is null || _shellOf != state.Session)
        {
            _shell = new DebugShell(state.Session, _output, bug => _output.Write($"a bug of the simulator: {bug.Message}\n"));
            _shellOf = state.Session;
        }

        return _shell;
    }

    private DapAnswer SetVariable(DapArguments arguments)
    {
        string name = arguments.Text("name");
        string value = arguments.Text("value");
        DapVariable variable = state.Handles.Get(arguments.Number("variablesReference")).FirstOrDefault(candidate => candidate.Name == name) ?? throw new DapRefusal($"found '{name}'; expected a variable of that list");
        if (variable.Set is null)
        {
            throw new DapRefusal($"'{name}' cannot be set: nobody can write it");
        }

        Errno? error = variable.Set(value);
        void Tell() => motion.Arrive(state.Stop);
        return error is null or Errno.Ok
            ? new DapAnswer(new JsonObject { ["value"] = variable.Expression is { } path && objects.Find(path) is { } now ? now.Value : variable.Now?.Invoke() ?? value }, Tell)
            : new DapAnswer(null, Tell) { Fault = $"answered {error}" };
    }
}
