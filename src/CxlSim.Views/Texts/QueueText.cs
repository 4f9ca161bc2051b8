using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>What is scheduled, a line each: time in seconds, priority, who is called.</summary>
public static class QueueText
{
    public static string Render(Simulation simulation) => string.Concat(simulation.PendingEvents.Select(Line));

    private static string Line(SimEvent next) =>
        string.Create(CultureInfo.InvariantCulture, $"{next.Time} {next.Priority,-9} {Describe(next.Handler)} {next.Argument}\n");

    private static string Describe(SimHandler handler) => handler switch
    {
        SimThread thread => $"thread {thread.Name}",
        Request request => $"request {request.Description}",
        _ => handler.GetType().Name,
    };
}
