using System.Text.Json;
using System.Text.Json.Serialization;
using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Values of the model as a script reads them. Addresses and sizes are hexadecimal strings: its numbers are exact up to 2^53 only. Times are picoseconds.</summary>
internal sealed class ReportValueJson<T>(Action<Utf8JsonWriter, T> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new SimulatorBugException("a report that is only written");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
}
