namespace CxlSim.Kernel;

/// <summary>A device of the ACPI namespace (<c>drivers/acpi/scan.c</c>); its name is the hardware id and an instance number.</summary>
public sealed class AcpiDevice(string name, AmlNode node) : Device(name)
{
    public AmlNode Node => node;

    public override IEnumerable<string> UeventLines => [$"MODALIAS=acpi:{Name.Split(':')[0]}:"];
}
