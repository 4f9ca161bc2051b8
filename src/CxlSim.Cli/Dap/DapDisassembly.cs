using System.Globalization;
using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The disassembly of a machine without instructions: the fields of its firmware tables where they lie in memory, each with the line of the platform file that states it.</summary>
internal sealed class DapDisassembly(DapState state)
{
    private const long Most = 10_000;

    public IEnumerable<DapVerb> Verbs => [new("disassemble", Disassemble)];

    private DapAnswer Disassemble(DapArguments arguments)
    {
        DapMemory.TryParse(arguments.Text("memoryReference"), arguments.Number("offset", 0), out string? device, out ulong address);
        long count = Math.Clamp(arguments.Number("instructionCount"), 0, Most);
        List<(ulong Address, JsonObject Field)> fields = device is null ? Fields() : [];
        int at = fields.FindLastIndex(field => field.Address <= address);
        long first = Math.Max(0, at) + Math.Clamp(arguments.Number("instructionOffset", 0), -Most, Most);
        JsonArray instructions = [];
        for (long index = first; index < first + count; index++)
        {
            instructions.Add(index >= 0 && index < fields.Count && at >= 0 ? fields[(int)index].Field : Nothing(index < 0 ? 0 : ulong.MaxValue));
        }

        return new DapAnswer(new JsonObject { ["instructions"] = instructions });
    }

    /// <summary>Clients want as many as they asked for.</summary>
    private static JsonObject Nothing(ulong address) =>
        new() { ["address"] = string.Create(CultureInfo.InvariantCulture, $"0x{address:x}"), ["instruction"] = "no table", ["presentationHint"] = "invalid" };

    private List<(ulong Address, JsonObject Field)> Fields()
    {
        List<(ulong, JsonObject)> fields = [];
        foreach (FirmwareTable table in state.Machine.FirmwareTables.OrderBy(table => table.Address.Value))
        {
            DecodedTable decoded = TableProvenance.Add(TableDecoder.Decode(table.Bytes), state.Machine.TableSources);
            foreach (TableStructure structure in decoded.Structures)
            {
                foreach (TableField field in structure.Fields.Where(field => field.Width > 0))
                {
                    ulong address = table.Address.Value + (ulong)field.Offset;
                    fields.Add((address, Field(address, table, decoded, structure, field)));
                }
            }
        }

        return fields;
    }

    private JsonObject Field(ulong address, FirmwareTable table, DecodedTable decoded, TableStructure structure, TableField field)
    {
        string meaning = field.Meaning.Length > 0 ? $" ({field.Meaning})" : string.Empty;
        JsonObject json = new()
        {
            ["address"] = DapMemory.Reference(new Hpa(address)),
            ["instructionBytes"] = string.Join(' ', table.Bytes.Slice(field.Offset, field.Width).ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture))),
            ["instruction"] = $"{structure.Name}.{field.Name} = {field.Value}{meaning}",
        };
        if (field.Offset == 0)
        {
            json["symbol"] = decoded.Signature;
        }

        if (field.Source is { } source)
        {
            json["location"] = DapSources.OfPlatform(state);
            json["line"] = source.Line - 1 + state.FirstLine;
        }

        return json;
    }
}
