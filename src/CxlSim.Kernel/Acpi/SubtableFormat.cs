namespace CxlSim.Kernel;

/// <summary>How the records of a table state type and length (<c>include/linux/fw_table.h</c>).</summary>
public enum SubtableFormat
{
    /// <summary>Type u8, length u8: SRAT, MADT.</summary>
    Common,

    /// <summary>Type u8, reserved u8, length u16: CEDT, CDAT.</summary>
    Cedt,

    /// <summary>Type u16, reserved u16, length u32: HMAT.</summary>
    Hmat,
}
