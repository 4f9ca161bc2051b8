using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>From words of the command line to cores and memory; what makes no sense is said on the error output, and null.</summary>
internal static class TrafficPlaces
{
    /// <param name="machine">Which runs.</param>
    /// <param name="name">A node, with or without the word; null for the first with cores.</param>
    public static Socket? From(SimulatedMachine machine, string? name)
    {
        IReadOnlyList<Socket> sockets = machine.NewFabric().Sockets;
        Socket? found = name is null ? sockets.FirstOrDefault() : sockets.FirstOrDefault(candidate => candidate.Name == name || candidate.Name == "node" + name);
        if (found is null)
        {
            Console.Error.WriteLine($"cxlsim: no cores at '{name}'; expected one of {string.Join(", ", sockets.Select(candidate => candidate.Name).DefaultIfEmpty("none: give a node of memory 'cpus'"))}");
        }

        return found;
    }

    /// <param name="machine">Which runs.</param>
    /// <param name="from">Whose cores use it.</param>
    /// <param name="name">As <see cref="TrafficTargets.Find"/> takes it; null for the first memory without cores, else the first.</param>
    public static TrafficTarget? To(SimulatedMachine machine, Socket from, string? name)
    {
        if (machine.Kernel is not { } kernel)
        {
            Console.Error.WriteLine("cxlsim: the machine's kernel does not run");
            return null;
        }

        TrafficTarget? target = name is null ? TrafficTargets.FirstApart(kernel) ?? TrafficTargets.Nodes(kernel).FirstOrDefault() : name.Length > 0 ? TrafficTargets.Find(kernel, name) : null;
        if (target is null)
        {
            Console.Error.WriteLine($"cxlsim: no memory '{name}'; expected {TrafficTargets.Known(kernel)}");
        }
        else if (MlcRun.Unanswered(machine, from, target) is { } missing)
        {
            Console.Error.WriteLine($"cxlsim: nothing answers {missing} of {target.Name}; expected memory that decoders lead to");
            return null;
        }

        return target;
    }
}
