using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim tables export</c> and <c>cxlsim tables show</c>: the ACPI tables that firmware makes of a platform file, as files or field by field.</summary>
internal static class TablesCommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create() => new("tables", "Print or write the ACPI tables that firmware makes of a platform file.") { CreateExport(), CreateShow() };

    private static Command CreateExport()
    {
        Argument<string> platform = FileArgument.One("platform", "The platform file (YAML).");
        Option<string[]> set = SetOption.Create();
        Option<string> output = new("--output", "-o") { HelpName = "directory", Description = "The directory to write to; made where it is not there.", Required = true };
        Command export = new("export", "Write each table to a binary file (cedt.dat), all of them to acpidump.txt, and the EFI memory map to efi-memory-map.bin.") { platform, set, output };
        export.SetAction(parsed => Boot(parsed.GetValue(platform)!, parsed.GetValue(set)!) is { } machine ? Export(machine, parsed.GetValue(output)!) : ExitCode.BadInput);
        return export;
    }

    private static Command CreateShow()
    {
        Argument<string> source = new("source") { Description = "A platform file (.yaml, .yml), a dumped table, a text of acpidump, or a directory of such." };
        Argument<string[]> names = new("tables") { Description = "Which: CEDT SRAT ...; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
        Option<string[]> set = SetOption.Create();
        Option<string> format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command show = new("show", "Print tables field by field: offset, width, name, value, meaning; of a platform file, whether it states the field or firmware derived it.") { source, names, set, format };
        show.SetAction(parsed => Load(parsed.GetValue(source)!, parsed.GetValue(set)!) is { } tables ? Show(tables, parsed.GetValue(names) ?? [], parsed.GetValue(format)!) : ExitCode.BadInput);
        return show;
    }

    /// <summary>A machine whose firmware has handed over; null where the file makes no sense, which is printed.</summary>
    private static SimulatedMachine? Boot(string path, string[] settings)
    {
        if (PlatformFile.Read(path, settings) is not { } platform)
        {
            return null;
        }

        SimulatedMachine machine = new(platform);
        machine.Simulation.AddSink(new StopAt(machine, nameof(Phase.MemoryMap)));
        machine.RunBoot();
        return machine;
    }

    private static IReadOnlyList<DecodedTable>? Load(string source, string[] settings)
    {
        if (Path.GetExtension(source) is ".yaml" or ".yml")
        {
            return Boot(source, settings) is { } machine ? Decode(machine) : null;
        }

        return TableFiles.Load(source) is { } tables ? [.. tables.Select(table => TableDecoder.Decode(table.Bytes))] : null;
    }

    private static IReadOnlyList<DecodedTable> Decode(SimulatedMachine machine) =>
    [
        .. machine.FirmwareTables.Select(table => TableProvenance.Add(TableDecoder.Decode(table.Bytes), machine.TableSources)),
        .. machine.DeviceTables.Select(table => TableProvenance.Add(TableDecoder.DecodeCdat(table.Bytes, table.Owner), table.Sources)),
        TableProvenance.Add(TableDecoder.DecodeEfiMap(machine.EfiMemoryMap), machine.TableSources),
    ];

    private static int Export(SimulatedMachine machine, string directory)
    {
        try
        {
            Interrupt.Hold(() => WriteAll(machine, directory));
            return ExitCode.Success;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the tables cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }
    }

    private static void WriteAll(SimulatedMachine machine, string directory)
    {
        Directory.CreateDirectory(directory);
        using StreamWriter text = new(Path.Combine(directory, "acpidump.txt"));
        Dictionary<string, int> seen = [];
        foreach (FirmwareTable table in machine.FirmwareTables)
        {
            string signature = table.Signature == "RSD PTR " ? "RSDP" : table.Signature;
            int number = seen[signature] = seen.GetValueOrDefault(signature) + 1;
            File.WriteAllBytes(Path.Combine(directory, signature.ToLowerInvariant() + (number > 1 ? $"{number - 1}" : string.Empty) + ".dat"), table.Bytes.ToArray());
            AcpiDumpText.Write(text, table.Signature, table.Address.Value, table.Bytes.Span);
        }

        File.WriteAllBytes(Path.Combine(directory, "efi-memory-map.bin"), machine.EfiMemoryMap.ToArray());
    }

    private static int Show(IReadOnlyList<DecodedTable> tables, string[] names, string format)
    {
        DecodedTable[] decoded = [.. tables.Where(table => names.Length == 0 || names.Contains(table.Signature, StringComparer.OrdinalIgnoreCase))];
        foreach (string missing in names.Where(name => !Array.Exists(decoded, table => table.Signature.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            Console.Error.WriteLine($"cxlsim: there is no {missing}");
        }

        if (format == "json")
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(decoded, Json));
        }
        else
        {
            Array.ForEach(decoded, table => TableText.Write(Console.Out, table));
        }

        return decoded.Length == 0 ? ExitCode.BadInput : ExitCode.Success;
    }
}
