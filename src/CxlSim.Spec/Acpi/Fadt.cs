namespace CxlSim.Spec.Acpi;

/// <summary>Offsets in the fixed ACPI description table (ACPI 6.5 5.2.9), as far as tables are found by them. An address has two fields: the wide one counts where it is set.</summary>
public static class Fadt
{
    public const int Facs = 36;
    public const int Dsdt = 40;
    public const int Flags = 112;
    public const int MinorVersion = 131;
    public const int WideFacs = 132;
    public const int WideDsdt = 140;
}
