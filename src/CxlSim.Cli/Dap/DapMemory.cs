using System.Globalization;
using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Reads and writes memory: host physical addresses through the committed decoders (<c>0x1000000000</c>), and the media of devices past them (<c>card:0x100</c>).</summary>
internal sealed class DapMemory(DapState state, DapMotion motion)
{
    /// <summary>Bytes of one answer.</summary>
    private const long Most = 1 << 20;

    /// <summary>Bytes that are there or not there together.</summary>
    private const int Line = 64;

    public IEnumerable<DapVerb> Verbs => [new("readMemory", Read), new("writeMemory", Write)];

    public static string Reference(Hpa address) => string.Create(CultureInfo.InvariantCulture, $"0x{address.Value:x}");

    public static string Reference(string device, Dpa address) => string.Create(CultureInfo.InvariantCulture, $"{device}:0x{address.Value:x}");

    /// <summary>The device of a reference, null for host addresses, and the address with an offset.</summary>
    /// <returns>False where the address lies outside of its space.</returns>
    public static bool TryParse(string reference, long offset, out string? device, out ulong address)
    {
        int colon = reference.LastIndexOf(':');
        device = colon < 0 ? null : reference[..colon];
        if (!DebugNumber.TryParse(reference[(colon + 1)..], out address))
        {
            throw new DapRefusal($"found the memory reference '{reference}'; expected an address such as 0x1000000000, or card:0x100");
        }

        Int128 sum = (Int128)address + offset;
        address = sum >= 0 && sum <= ulong.MaxValue ? (ulong)sum : 0;
        return sum >= 0 && sum <= ulong.MaxValue;
    }

    private DapAnswer Read(DapArguments arguments)
    {
        long count = arguments.Number("count");
        if (count < 0)
        {
            throw new DapRefusal($"found {count} bytes; expected no fewer than 0");
        }

        byte[] bytes = new byte[Math.Min(count, Most)];
        bool isThere = TryParse(arguments.Text("memoryReference"), arguments.Number("offset", 0), out string? device, out ulong address);
        int read = isThere ? Read(device, address, bytes) : 0;
        JsonObject body = new() { ["address"] = string.Create(CultureInfo.InvariantCulture, $"0x{address:x}"), ["data"] = Convert.ToBase64String(bytes, 0, read) };
        if (read < count)
        {
            body["unreadableBytes"] = count - read;
        }

        return new DapAnswer(body);
    }

    /// <summary>A what-if: it stays part of the story.</summary>
    private DapAnswer Write(DapArguments arguments)
    {
        byte[] bytes = new byte[Most];
        string text = arguments.Text("data");
        if (!Convert.TryFromBase64String(text, bytes, out int length) || length == 0)
        {
            throw new DapRefusal($"found data of {text.Length} characters; expected base64 of 1 to {Most} bytes");
        }

        if (!TryParse(arguments.Text("memoryReference"), arguments.Number("offset", 0), out string? device, out ulong address) || device is not null || address > ulong.MaxValue - (ulong)length)
        {
            throw new DapRefusal("found no host physical address; expected one such as 0x1000000000: what lies past the decoders can be read only");
        }

        DebugStop stop = state.Session.Set(new Hpa(address), bytes.AsMemory(0, length), out BusResult? result);
        void Tell() => motion.Arrive(stop);
        return result is null or BusResult.Done
            ? new DapAnswer(new JsonObject { ["bytesWritten"] = length }, Tell)
            : new DapAnswer(null, Tell) { Fault = "nothing answers there, or not to all of it" };
    }

    /// <summary>How many bytes there are from an address on.</summary>
    private int Read(string? device, ulong address, Span<byte> bytes)
    {
        int read = 0;
        while (read < bytes.Length)
        {
            ulong at = address + (ulong)read;
            int length = Math.Min(bytes.Length - read, Line - (int)(at % Line));
            bool isThere = device is null
                ? state.Machine.Load(new Hpa(at), bytes.Slice(read, length)) == BusResult.Done
                : state.Machine.Media.TryRead(device, new Dpa(at), bytes.Slice(read, length));
            if (!isThere || at > ulong.MaxValue - (ulong)length)
            {
                break;
            }

            read += length;
        }

        return read;
    }
}
