using System.Text.Json;

namespace CxlSim.Views;

/// <summary>Lists of objects, the same way everywhere.</summary>
public static class JsonLists
{
    /// <param name="json">Where it is written.</param>
    /// <param name="name">Of the list.</param>
    /// <param name="items">In their order.</param>
    /// <param name="write">What an item's object has in it.</param>
    public static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
