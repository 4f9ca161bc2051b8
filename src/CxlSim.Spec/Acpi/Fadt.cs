namespace CxlSim.Spec.Acpi;

/// <summary>The fixed ACPI description table (ACPI 6.5 5.2.9). An address has two fields: the wide one counts where it is set.</summary>
public static class Fadt
{
    public const int Facs = 36;
    public const int Dsdt = 40;
    public const int Flags = 112;
    public const int MinorVersion = 131;
    public const int WideFacs = 132;
    public const int WideDsdt = 140;
    public const int Length = 276;

    /// <summary>All that follows the header, without gaps.</summary>
    public static readonly IReadOnlyList<AcpiField> Fields =
    [
        new("FIRMWARE_CTRL", 36, 4),
        new("DSDT", 40, 4),
        new("INT_MODEL", 44, 1),
        new("Preferred_PM_Profile", 45, 1),
        new("SCI_INT", 46, 2),
        new("SMI_CMD", 48, 4),
        new("ACPI_ENABLE", 52, 1),
        new("ACPI_DISABLE", 53, 1),
        new("S4BIOS_REQ", 54, 1),
        new("PSTATE_CNT", 55, 1),
        new("PM1a_EVT_BLK", 56, 4),
        new("PM1b_EVT_BLK", 60, 4),
        new("PM1a_CNT_BLK", 64, 4),
        new("PM1b_CNT_BLK", 68, 4),
        new("PM2_CNT_BLK", 72, 4),
        new("PM_TMR_BLK", 76, 4),
        new("GPE0_BLK", 80, 4),
        new("GPE1_BLK", 84, 4),
        new("PM1_EVT_LEN", 88, 1),
        new("PM1_CNT_LEN", 89, 1),
        new("PM2_CNT_LEN", 90, 1),
        new("PM_TMR_LEN", 91, 1),
        new("GPE0_BLK_LEN", 92, 1),
        new("GPE1_BLK_LEN", 93, 1),
        new("GPE1_BASE", 94, 1),
        new("CST_CNT", 95, 1),
        new("P_LVL2_LAT", 96, 2),
        new("P_LVL3_LAT", 98, 2),
        new("FLUSH_SIZE", 100, 2),
        new("FLUSH_STRIDE", 102, 2),
        new("DUTY_OFFSET", 104, 1),
        new("DUTY_WIDTH", 105, 1),
        new("DAY_ALRM", 106, 1),
        new("MON_ALRM", 107, 1),
        new("CENTURY", 108, 1),
        new("IAPC_BOOT_ARCH", 109, 2),
        new("Reserved", 111, 1),
        new("Flags", 112, 4),
        new("RESET_REG", 116, 12),
        new("RESET_VALUE", 128, 1),
        new("ARM_BOOT_ARCH", 129, 2),
        new("Minor Version", 131, 1),
        new("X_FIRMWARE_CTRL", 132, 8),
        new("X_DSDT", 140, 8),
        new("X_PM1a_EVT_BLK", 148, 12),
        new("X_PM1b_EVT_BLK", 160, 12),
        new("X_PM1a_CNT_BLK", 172, 12),
        new("X_PM1b_CNT_BLK", 184, 12),
        new("X_PM2_CNT_BLK", 196, 12),
        new("X_PM_TMR_BLK", 208, 12),
        new("X_GPE0_BLK", 220, 12),
        new("X_GPE1_BLK", 232, 12),
        new("SLEEP_CONTROL_REG", 244, 12),
        new("SLEEP_STATUS_REG", 256, 12),
        new("Hypervisor_Vendor_Identity", 268, 8),
    ];
}
