using System.Text;
using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>The whole trace of a machine.</summary>
internal sealed class TraceLines : ITraceSink
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Record(SimTime time, long eventNumber, TraceRecord record) => _text.Append(TraceText.Line(time, eventNumber, record)).Append('\n');
}
