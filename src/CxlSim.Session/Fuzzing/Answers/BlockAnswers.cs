using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Memory blocks going online and offline (<c>mm/memory_hotplug.c</c>): errors, and the zone by policy contig-zones.</summary>
internal static class BlockAnswers
{
    public static FuzzAnswer? State(FuzzMachine machine, MemoryBlock block, string word)
    {
        if (word is not ("online" or "online_kernel" or "online_movable" or "offline"))
        {
            return Errno.EINVAL;
        }

        bool isOnline = block.State == MemoryBlockState.Online;
        if (isOnline != (word == "offline"))
        {
            return Errno.EINVAL;
        }

        if (word == "offline" || block.IsBootMemory || block.PoisonedPages > 0 || machine.Kernel.Memory.Blocks.Any(other => other.IsBootMemory && other.Node == block.Node))
        {
            return null; // who has pages in it decides
        }

        string zone = Zone(machine, block, word);
        return new FuzzAnswer(Errno.Ok) { Missing = () => block.State == MemoryBlockState.Online && block.Zone?.Name == zone ? null : $"{block.Name} is {block.State} in {block.Zone?.Name}; expected {zone}" };
    }

    private static string Zone(FuzzMachine machine, MemoryBlock block, string word)
    {
        if (word != "online")
        {
            return word == "online_movable" ? "Movable" : "Normal";
        }

        bool nearKernel = IsWithin(machine, block, "Normal");
        bool nearMovable = IsWithin(machine, block, "Movable");
        bool prefersMovable = machine.Platform.Kernel.CommandLine.Split(' ').Contains("movable_node");
        return nearKernel != nearMovable ? (nearKernel ? "Normal" : "Movable") : prefersMovable ? "Movable" : "Normal";
    }

    /// <summary>Between the first and the last block of the node's zone.</summary>
    private static bool IsWithin(FuzzMachine machine, MemoryBlock block, string zone)
    {
        ulong[] ids = [.. machine.Kernel.Memory.Blocks.Where(other => other.Node == block.Node && other.State == MemoryBlockState.Online && other.Zone?.Name == zone).Select(other => other.Id)];
        return ids.Length > 0 && ids.Min() < block.Id && block.Id < ids.Max();
    }
}
