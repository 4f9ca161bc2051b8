using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Writes a table's fixed part as the file states it field by field.</summary>
internal static class FixedFields
{
    /// <param name="table">Its header is written.</param>
    /// <param name="said">What the file says of it; null where it says nothing.</param>
    /// <param name="fields">Without gaps, from the table's next byte on.</param>
    /// <param name="derive">What a field holds that is left out, by its offset in the table, and what that comes from.</param>
    public static void Append(AcpiTable table, TableDescription? said, IReadOnlyList<AcpiField> fields, Func<int, (ulong Value, string Derivation)> derive)
    {
        foreach (AcpiField field in fields)
        {
            if (!field.IsRegister)
            {
                Append(table, said, said?.Fields, field, derive(field.Offset));
                continue;
            }

            GenericAddressDescription? register = said?.Registers.GetValueOrDefault(field.Key);
            foreach (AcpiField part in GenericAddress.Fields)
            {
                Append(table, register, register?.Fields, part, derive(field.Offset + part.Offset));
            }
        }
    }

    private static void Append(AcpiTable table, object? said, IReadOnlyDictionary<string, ulong>? stated, AcpiField field, (ulong Value, string Derivation) derived)
    {
        ulong value = stated is not null && stated.TryGetValue(field.Key, out ulong number) ? number : derived.Value;
        table.Append(new ListItem(BitConverter.GetBytes(value)[..field.Width], said, field.Key, null, derived.Derivation), null);
    }
}
