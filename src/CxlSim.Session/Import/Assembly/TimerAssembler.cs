using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Makes the high precision event timer out of its table or, where the capture has none, out of the line that Linux gives it in iomem.</summary>
internal static class TimerAssembler
{
    private const string Name = "HPET ";

    /// <summary>The fields of a table after its header; what is 0 and would be derived as 0 is left out.</summary>
    public static TableDescription WithFields(TableDescription header, CapturedTable table) => table.Bytes.Length < Hpet.Length ? header : header with
    {
        Fields = Numbers(table.Bytes, Hpet.Fields.Where(field => !field.IsRegister), Hpet.BlockId),
        Registers = Hpet.Fields.Where(field => field.IsRegister).ToDictionary(
            field => field.Key, field => new GenericAddressDescription(Numbers(table.Bytes[field.Offset..], GenericAddress.Fields, GenericAddress.Address))),
    };

    /// <summary>Null where iomem does not show one either.</summary>
    public static TableDescription? FromIomem(IomemFacts? iomem)
    {
        if ((iomem?.Top ?? []).Where(line => line.Name.StartsWith(Name, StringComparison.Ordinal)).Select(line => ((AddressRange Range, string Name)?)line).FirstOrDefault() is not { } found
            || !byte.TryParse(found.Name.AsSpan(Name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            return null;
        }

        Dictionary<string, ulong> fields = new() { [KeyOf(Hpet.Number)] = number };
        return new TableDescription
        {
            Fields = number == 0 ? [] : fields,
            Registers = new Dictionary<string, GenericAddressDescription>
            {
                [KeyOf(Hpet.BaseAddress)] = new(new Dictionary<string, ulong> { [GenericAddress.Fields[^1].Key] = found.Range.Start.Value }),
            },
        };
    }

    private static string KeyOf(int offset) => Hpet.Fields.First(field => field.Offset == offset).Key;

    private static Dictionary<string, ulong> Numbers(byte[] bytes, IEnumerable<AcpiField> fields, int always) => fields
        .Select(field => (field, Value: NumberOf(bytes.AsSpan(field.Offset, field.Width))))
        .Where(pair => pair.Value != 0 || pair.field.Offset == always)
        .ToDictionary(pair => pair.field.Key, pair => pair.Value);

    private static ulong NumberOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes.CopyTo(wide);
        return BitConverter.ToUInt64(wide);
    }
}
