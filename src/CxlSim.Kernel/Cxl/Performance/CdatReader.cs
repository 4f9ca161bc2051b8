using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Reads a device's CDAT, entry by entry, through DOE (<c>drivers/cxl/core/pci.c</c>, read_cdat_data).</summary>
public static class CdatReader
{
    private const int MaxEntries = 4096;

    /// <summary>The table's bytes; empty where it cannot be read or is not what it says, null where there is no mailbox.</summary>
    public static async SimTask<byte[]?> ReadAsync(KernelCore core, CxlPort port, PciDevice pci)
    {
        int offset = pci.FindExtendedCapability(PciCapability.Doe);
        if (offset == 0)
        {
            core.Log.Debug(port, "no DOE mailbox for the CDAT");
            return null;
        }

        if (await ReadEntriesAsync(new DoeClient(core.Simulation, pci, offset)) is not { } table)
        {
            core.Log.Error(port, "CDAT data read error");
            return [];
        }

        uint stated = BitConverter.ToUInt32(table);
        if (table.Length < stated)
        {
            core.Log.Warning(port, $"the CDAT has {table.Length} bytes and says {stated}");
        }

        if (!AcpiChecksum.IsValid(table))
        {
            core.Log.Error(port, "the CDAT's checksum is wrong");
            return [];
        }

        core.Log.Debug(port, $"CDAT length {table.Length}");
        return table;
    }

    /// <summary>The header and all entries behind it; null where an answer does not come, not in the form of an entry, or goes on behind what the header says.</summary>
    private static async SimTask<byte[]?> ReadEntriesAsync(DoeClient doe)
    {
        List<byte> table = [];
        uint handle = 0;
        uint stated = 0;
        for (int i = 0; i < MaxEntries && handle != CdatRecords.LastHandle; i++)
        {
            if (await doe.ExchangeAsync(Dvsec.VendorCxl, CdatRecords.DoeObjectType, [handle << 16]) is not { Length: > 1 } answer)
            {
                return null;
            }

            byte[] entry = new byte[(answer.Length - 1) * 4];
            Buffer.BlockCopy(answer, 4, entry, 0, entry.Length);
            if (entry.Length != (i == 0 ? CdatHeader.SpecSize : BitConverter.ToUInt16(entry, 2)))
            {
                return null;
            }

            table.AddRange(entry);
            stated = i == 0 ? BitConverter.ToUInt32(entry) : stated;
            if (table.Count > stated)
            {
                return null; // the driver has room for that much
            }

            handle = answer[0] >> 16;
        }

        return [.. table];
    }
}
