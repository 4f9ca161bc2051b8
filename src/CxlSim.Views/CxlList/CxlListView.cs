using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What <c>cxl list</c> of ndctl 81 prints on the modelled machine, byte for byte. It reads what the tool reads: attributes, mailbox, trace.</summary>
public static class CxlListView
{
    private const string NothingFound = "  Warning: no matching devices found\n\n";

    /// <summary>Asking a device's mailbox takes its time, so this is work for the loop.</summary>
    public static async SimTask<ToolOutput> RenderAsync(LinuxKernel kernel, CxlListOptions options)
    {
        CxlListOptions all = options.Complete();
        ListedMachine machine = new(kernel);
        CxlListDetails details = new(all, machine, new ListedMailbox(kernel), new ListedPoison(kernel, machine));
        List<object> found = await new CxlListWalk(all, machine, details).RunAsync();
        return found switch
        {
            [] when all.Human => new ToolOutput(string.Empty, machine.Complaints),
            [] => new ToolOutput(JsonText.Render(found), machine.Complaints + NothingFound),
            [var single] when all.Human => new ToolOutput(JsonText.Render(single), machine.Complaints),
            _ => new ToolOutput(JsonText.Render(found), machine.Complaints),
        };
    }
}
