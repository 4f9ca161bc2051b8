using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CxlSim.Cli.Tests;

/// <summary>The adapter's wire by hand: what a client sends as bytes, and what comes back.</summary>
internal static class DapWire
{
    /// <summary>Requests one after the other, numbered from 1.</summary>
    public static string Requests(params string[] requests) => string.Concat(requests.Select((request, index) => Message($$"""{"seq":{{index + 1}},"type":"request",{{request}}}""")));

    public static string Message(string body) => $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>Sends all that there is, and reads what is answered until the adapter ends.</summary>
    public static (int ExitCode, IReadOnlyList<JsonObject> Messages) Serve(string input) => Serve(new MemoryStream(Encoding.UTF8.GetBytes(input)));

    public static (int ExitCode, IReadOnlyList<JsonObject> Messages) Serve(Stream input)
    {
        using MemoryStream output = new();
        int code = new DapServer(input, output).Run();
        ReadOnlySpan<byte> rest = output.ToArray();
        List<JsonObject> messages = [];
        while (rest.Length > 0)
        {
            int body = rest.IndexOf("\r\n\r\n"u8) + 4;
            int length = int.Parse(rest["Content-Length: ".Length..(body - 4)], CultureInfo.InvariantCulture);
            messages.Add(JsonNode.Parse(rest.Slice(body, length))!.AsObject());
            rest = rest[(body + length)..];
        }

        return (code, messages);
    }
}
