using System.Text;
using System.Text.Json.Nodes;

namespace CxlSim.Cli.Tests;

/// <summary>Clients that break off, flood, send half messages or nonsense.</summary>
public sealed class DapHostileTests : IDisposable
{
    private const string Initialize = """ "command":"initialize" """;
    private const string Threads = """ "command":"threads" """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData("hello\n", 2)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 2)]
    [InlineData("Content-Length: 5\r\n", 2)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 64\r\n\r\n{\"seq\":1,\"type\":\"request\",\"command\":\"initialize\",\"arguments\":{}}", 2)]
    [InlineData("Content-Length: 50\r\n\r\n{\"seq\":1", 2)]
    [InlineData("Content-Length: -1\r\n\r\n", 2)]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n", 2)]
    [InlineData("Content-Length: 2000000000\r\n\r\n", 2)]
    [InlineData("\r\n\r\n", 2)]
    public void BrokenStream_EndsWithAMessage(string input, int exitCode)
    {
        (int code, IReadOnlyList<JsonObject> messages) = DapWire.Serve(input);

        code.Should().Be(exitCode);
        messages.Select(message => (string)message["event"]!).Should().Equal(exitCode == 0 ? [] : ["output"]);
    }

    [Fact]
    public void HeaderWithoutEnd_IsNotReadForEver()
    {
        DapWire.Serve(new string('x', 1 << 20)).ExitCode.Should().Be(2);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"event\",\"seq\":1}")]
    [InlineData("{\"type\":\"request\",\"seq\":1}")]
    [InlineData("{\"type\":\"request\",\"seq\":\"x\",\"command\":\"threads\"}")]
    [InlineData("{\"type\":\"request\",\"seq\":1,\"seq\":2,\"command\":\"threads\"}")]
    [InlineData("{\"type\":\"request\",\"seq\":1,\"command\":7}")]
    [InlineData("\u00ff\u00fe\u0000")]
    [InlineData("{\"type\":\"\\ud800\",\"seq\":1,\"command\":\"threads\"}")]
    [InlineData("{\"type\":\"request\",\"seq\":1,\"command\":\"threads\",\"arguments\":{\"a\":[{\"b\":\"\\ud800\"}]}}")]
    [InlineData("{\"type\":\"request\",\"seq\":1,\"command\":\"threads\",\"arguments\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"type\":\"request\",\"seq\":-9223372036854775808,\"command\":\"threads\"}")]
    public void NonsenseInAMessage_IsAnsweredAndTheNextIsServed(string body)
    {
        (int code, IReadOnlyList<JsonObject> messages) = DapWire.Serve(DapWire.Message(body) + DapWire.Message("""{"type":"request","seq":9,"command":"threads"}"""));

        code.Should().Be(0);
        messages.Should().HaveCount(2);
        messages[0]["success"]!.GetValue<bool>().Should().BeFalse();
        messages[0]["message"]!.GetValue<string>().Should().StartWith("found ");
        messages[1]["request_seq"]!.GetValue<int>().Should().Be(9);
        messages[1]["success"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public void Flood_IsAnsweredInOrder()
    {
        (int code, IReadOnlyList<JsonObject> messages) = DapWire.Serve(DapWire.Requests([.. Enumerable.Repeat(Threads, 20_000)]));

        code.Should().Be(0);
        messages.Select(message => message["request_seq"]!.GetValue<int>()).Should().Equal(Enumerable.Range(1, 20_000));
        messages.Select(message => message["seq"]!.GetValue<int>()).Should().Equal(Enumerable.Range(1, 20_000));
    }

    /// <summary>Two stops that came together are two: what moves between them is stopped at once.</summary>
    [Fact]
    public void StopBehindAnother_IsNotForgotten()
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard);
        const string go = """ "command":"continue","arguments":{"threadId":1} """;
        const string pause = """ "command":"pause","arguments":{"threadId":1} """;
        string input = DapWire.Requests(
            Initialize, $$""" "command":"launch","arguments":{"platform":"{{card}}","stopOnEntry":true} """, """ "command":"configurationDone" """, go, pause, go, pause, """ "command":"disconnect" """);

        (int code, IReadOnlyList<JsonObject> messages) = DapWire.Serve(input);

        code.Should().Be(0);
        messages.Where(message => (string?)message["event"] == "stopped").Select(message => (string)message["body"]!["description"]!)
            .Should().NotContain(text => text.StartsWith("nothing is left to do", StringComparison.Ordinal)).And.HaveCountGreaterThan(2);
    }

    [Fact]
    public void ClientThatIsGone_EndsTheAdapter()
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard);
        string input = DapWire.Requests(Initialize, $$""" "command":"launch","arguments":{"platform":"{{card}}"} """, """ "command":"configurationDone" """, """ "command":"continue","arguments":{"threadId":1} """);
        using ClosedStream output = new();

        new DapServer(new MemoryStream(Encoding.UTF8.GetBytes(input)), output).Run().Should().Be(0);
    }

    [Fact]
    public void Arguments_OfAnyKind_NeverEndTheAdapter()
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard);
        string[] commands =
        [
            "setBreakpoints", "breakpointLocations", "setFunctionBreakpoints", "setExceptionBreakpoints", "exceptionInfo", "dataBreakpointInfo", "setDataBreakpoints", "continue", "next", "stepIn", "stepOut",
            "stepBack", "reverseContinue", "pause", "gotoTargets", "goto", "threads", "stackTrace", "scopes", "variables", "source", "loadedSources", "evaluate", "setVariable", "readMemory", "writeMemory", "disassemble", "restart",
        ];
        string[] values = ["null", "7", "-1", "9223372036854775807", "1e300", "\"\"", "\"0x1000000000\"", "[]", "[null]", "[{}]", "{}", "true", "\"card:0xffffffffffffffff\"", "\"set x\"", "{\"path\":\"\"}", "{\"path\":\"a\\u0000b\"}"];
        string[] names =
        [
            "source", "breakpoints", "line", "endLine", "filters", "filterOptions", "name", "variablesReference", "bytes", "threadId", "granularity", "targetId", "frameId", "sourceReference", "expression", "context", "value",
            "memoryReference", "offset", "count", "data", "instructionCount", "instructionOffset", "arguments", "startFrame", "levels", "start", "path",
        ];
        Random random = new(20261121);
        string[] requests =
        [
            $$""" "command":"launch","arguments":{"platform":"{{card}}"} """, """ "command":"configurationDone" """,
            .. Enumerable.Range(0, 3000).Select(_ => $$""" "command":"{{commands[random.Next(commands.Length)]}}","arguments":{{{string.Join(',', names.Where(_ => random.Next(3) == 0).Select(name => $"\"{name}\":{values[random.Next(values.Length)]}"))}}} """),
        ];

        (int code, IReadOnlyList<JsonObject> messages) = DapWire.Serve(DapWire.Requests(requests));

        code.Should().Be(0);
        messages.Count(message => (string?)message["type"] == "response").Should().Be(requests.Length);
    }

    /// <summary>A pipe that nobody reads.</summary>
    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken pipe");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("broken pipe");
    }
}
