using System.Globalization;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Requests past the kernel to the machine itself, a line each, as a hypervisor's monitor takes them. Unknown ones get an answer that begins with ERR.</summary>
internal sealed class MachineMonitor(SimulatedMachine machine)
{
    private const int LongestPeek = 1 << 12;

    private readonly QmpMonitor _qmp = new(machine);

    /// <summary><c>ZERO</c> empties all media; <c>PEEK DEVICE DPA LENGTH</c> gives bytes of one in hex; <c>TIME</c> gives the virtual time in seconds; <c>QMP {JSON}</c> is a command for <see cref="QmpMonitor"/>.</summary>
    public string Answer(string request) => request.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["ZERO"] => Zero(),
        ["PEEK", var device, var address, var length] => Peek(device, address, length),
        ["TIME"] => (machine.Simulation.Now.Picoseconds / 1e12).ToString("f3", CultureInfo.InvariantCulture),
        ["QMP", ..] => _qmp.Answer(request.Trim()["QMP".Length..]),
        _ => "ERR unknown request; known are ZERO, PEEK DEVICE DPA LENGTH, TIME, QMP {JSON}",
    };

    private string Zero()
    {
        machine.Media.Clear();
        return "ok";
    }

    private string Peek(string device, string address, string length)
    {
        if (!TryParse(address, out ulong dpa) || !TryParse(length, out ulong count) || count > LongestPeek)
        {
            return $"ERR a DPA and a length of up to {LongestPeek} bytes, decimal or with 0x";
        }

        byte[] bytes = new byte[count];
        return machine.Media.TryRead(device, new Dpa(dpa), bytes) ? Convert.ToHexStringLower(bytes) : $"ERR no device {device} with that many bytes";
    }

    private static bool TryParse(string text, out ulong value) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
