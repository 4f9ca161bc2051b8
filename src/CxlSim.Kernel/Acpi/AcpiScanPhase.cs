using System.Globalization;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Finds the devices of the namespace; the CXL root becomes a platform device (<c>drivers/acpi/scan.c</c>, <c>acpi_platform.c</c>).</summary>
public static class AcpiScanPhase
{
    public static async SimTask RunAsync(KernelCore core, AcpiTables tables, Bus acpiBus)
    {
        core.Sysfs.Root.Directory("firmware").Directory("acpi").Attach(new AcpiTableFiles(tables));
        if (tables.AreOff)
        {
            core.Log.Info("ACPI: turned off, no devices");
            return;
        }

        if (tables.Find("DSDT") is null)
        {
            core.Log.Error("ACPI: no DSDT, no devices");
            return;
        }

        Device directory = new("LNXSYSTM:00");
        core.Sysfs.Devices.Attach(directory);
        Dictionary<string, int> instances = [];
        foreach (AmlNode node in AmlReader.Read(tables.Namespace).Devices())
        {
            if (node.HardwareIds().FirstOrDefault() is not { } id)
            {
                continue;
            }

            int instance = instances.GetValueOrDefault(id);
            instances[id] = instance + 1;
            if (!node.IsPresent)
            {
                continue; // it has its number all the same
            }

            AcpiDevice device = new(string.Create(CultureInfo.InvariantCulture, $"{id}:{instance:x2}"), node);
            await acpiBus.AddAsync(device, directory);
            if (id == AcpiIds.CxlRoot)
            {
                Device platform = new(device.Name);
                platform.Link("firmware_node", device);
                await core.PlatformBus.AddAsync(platform, core.Sysfs.Platform);
            }
        }
    }
}
