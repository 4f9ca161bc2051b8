using CxlSim.Fuse.Native;
using CxlSim.Kernel;

namespace CxlSim.Fuse;

/// <summary>Who called: its name, and the number that it knows itself by in its own process namespace (<c>proc(5)</c>, NSpid).</summary>
internal static unsafe class CallingTask
{
    private const string Numbers = "NSpid:";

    public static TraceTask Of(nint request)
    {
        string folder = $"/proc/{LibFuse.Context(request)->Process}/";
        try
        {
            string name = File.ReadAllText(folder + "comm").TrimEnd('\n');
            string? numbers = File.ReadLines(folder + "status").FirstOrDefault(line => line.StartsWith(Numbers, StringComparison.Ordinal));
            string? number = numbers?[Numbers.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            return int.TryParse(number, out int process) ? new TraceTask(name, process) : TraceTask.Idle;
        }
        catch (IOException)
        {
            return TraceTask.Idle; // gone already
        }
        catch (UnauthorizedAccessException)
        {
            return TraceTask.Idle; // of a user whose processes cannot be looked at
        }
    }
}
