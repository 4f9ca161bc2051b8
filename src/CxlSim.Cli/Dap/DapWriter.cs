using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>Sends answers and events, numbered one after the other.</summary>
internal sealed class DapWriter(Stream output)
{
    private long _sequence;

    public void Answer(DapMessage request, DapAnswer answer)
    {
        bool isGood = answer.Fault.Length == 0;
        JsonObject message = new() { ["type"] = "response", ["request_seq"] = request.Sequence, ["command"] = request.Command, ["success"] = isGood };
        if (!isGood)
        {
            message["message"] = answer.Fault;
            message["body"] = new JsonObject { ["error"] = new JsonObject { ["id"] = 1, ["format"] = "{text}", ["variables"] = new JsonObject { ["text"] = answer.Fault }, ["showUser"] = true } };
        }
        else if (answer.Body is not null)
        {
            message["body"] = answer.Body;
        }

        Send(message);
    }

    public void Event(string name, JsonObject? body = null)
    {
        JsonObject message = new() { ["type"] = "event", ["event"] = name };
        if (body is not null)
        {
            message["body"] = body;
        }

        Send(message);
    }

    /// <param name="category"><c>stdout</c> for what the machine says, <c>console</c> for the debugger, <c>stderr</c> for what is wrong.</param>
    /// <param name="text">With its line ends.</param>
    public void Output(string category, string text)
    {
        if (text.Length > 0)
        {
            Event("output", new JsonObject { ["category"] = category, ["output"] = text });
        }
    }

    private void Send(JsonObject message)
    {
        message["seq"] = ++_sequence;
        byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
        output.Write(body);
        output.Flush();
    }
}
