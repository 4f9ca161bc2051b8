using System.Globalization;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The commands for memory and for the ways that lead there.</summary>
internal sealed class DebugMemory(DebugSession session, TextWriter output)
{
    private const int Row = 16;
    private const int Most = 4096;
    private const string Expected = "an address such as 0x1000000000, or a device and its address such as mem0:0x100";

    public IEnumerable<DebugVerb> Verbs =>
    [
        new("x", "", "[/N] ADDRESS|DEVICE:ADDRESS", "Show N bytes of memory, 16 else: as a CPU reads them, or of a device's media.", Examine) { Words = (before, typed) => before is [] or [['/', ..]] ? Places(typed) : [] },
        new("translate", "t", "ADDRESS|DEVICE:ADDRESS", "Say which way an address takes, decoder by decoder; or which address leads to a byte of a device.", Translate) { Words = (before, typed) => before.Length == 0 ? Places(typed) : [] },
    ];

    /// <summary>A device, or an address in units.</summary>
    private IEnumerable<string> Places(string typed) => DebugNames.Memories(session).Concat(DebugNames.Sizes(typed));

    private bool Examine(string words)
    {
        int count = Row;
        string place = words;
        if (words.StartsWith('/'))
        {
            string[] parts = words[1..].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is 0 or > Most)
            {
                return Refuse($"found 'x{words}'; expected 'x/N ADDRESS' with N from 1 to {Most}");
            }

            place = parts[1].Trim();
        }

        if (!TryRead(place, out RouteDevice? device, out ulong address))
        {
            return false;
        }

        byte[] bytes = new byte[count];
        bool isThere = device is not null
            ? session.Machine.Media.TryRead(device.Device.Id, new Dpa(address), bytes)
            : address <= ulong.MaxValue - (ulong)count && session.Machine.Load(new Hpa(address), bytes) == BusResult.Done;
        if (!isThere)
        {
            return Refuse(device is not null ? $"{device.Device.Id} ends before" : "nothing answers there");
        }

        for (int at = 0; at < count; at += Row)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"0x{address + (ulong)at:x}: {string.Join(' ', bytes.Skip(at).Take(Row).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))}\n"));
        }

        return true;
    }

    private bool Translate(string words)
    {
        if (!TryRead(words, out RouteDevice? device, out ulong address))
        {
            return false;
        }

        AddressRoutes routes = session.Machine.Routes;
        TranslationText view = new(routes, output, explain: true);
        if (device is not null)
        {
            view.Write(routes.Reverse(device, new Dpa(address)));
            return true;
        }

        Dpa[] dpas = new Dpa[1];
        ushort[] targets = new ushort[1];
        routes.Translate([new Hpa(address)], dpas, targets);
        view.Write(new Hpa(address), targets[0], dpas[0]);
        return true;
    }

    private bool TryRead(string place, out RouteDevice? device, out ulong address)
    {
        int colon = place.LastIndexOf(':');
        device = colon < 0 ? null : session.Machine.Routes.Find(place[..colon]);
        bool isGood = DebugNumber.TryParse(place[(colon + 1)..], out address) && (colon < 0 || device is not null);
        return isGood || Refuse($"found '{place}'; expected {Expected}");
    }

    private bool Refuse(string message)
    {
        output.Write(message + "\n");
        return false;
    }
}
