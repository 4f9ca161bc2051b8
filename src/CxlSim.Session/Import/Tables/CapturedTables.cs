using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The ACPI tables of a capture. What is wrong with their form is reported; they are read as far as they go, as Linux does.</summary>
internal sealed class CapturedTables
{
    private const int LengthOffset = 4;

    private readonly List<CapturedTable> _tables = [];
    private readonly ImportFindings _findings;

    public CapturedTables(CapturedMachine capture)
    {
        _findings = capture.Findings;
        foreach (CaptureFile file in capture.All(CaptureKind.Table))
        {
            Add(file, file.Bytes);
        }

        foreach (CaptureFile file in capture.All(CaptureKind.TableText))
        {
            foreach (byte[] table in AcpiDumpText.Read(file.Text))
            {
                Add(file, table);
            }
        }
    }

    /// <summary>Null where the capture has none.</summary>
    public CapturedTable? Find(string signature) => _tables.Find(table => table.Signature == signature);

    /// <summary>The namespace: the DSDT, then every SSDT.</summary>
    public IEnumerable<CapturedTable> Namespace() => _tables.Where(table => table.Signature == "DSDT").Take(1).Concat(_tables.Where(table => table.Signature == "SSDT"));

    private void Add(CaptureFile file, byte[] bytes)
    {
        if (!BinaryLayout.TryRead(bytes, out AcpiTableHeader header))
        {
            return;
        }

        string signature = AcpiTableHeader.Name(header.Signature);

        // A directory may hold each table twice, on its own and in the text of acpidump.
        if (signature != "SSDT" && Find(signature) is not null)
        {
            return;
        }

        uint length = BitConverter.ToUInt32(bytes, LengthOffset);
        if (signature is not ("RSD " or "FACS") && length != (uint)bytes.Length)
        {
            _findings.Warn(Cxi.TableForm, file.Line(1), $"the {signature} says that it has {length} bytes, and {bytes.Length} are there; expected as many");
        }
        else if (signature is not ("RSD " or "FACS") && !AcpiChecksum.IsValid(bytes))
        {
            _findings.Warn(Cxi.TableForm, file.Line(1), $"the bytes of the {signature} do not add up to zero; expected a valid checksum");
        }

        _tables.Add(new CapturedTable(signature, header.Revision, bytes[..(int)Math.Min(Math.Max(length, (uint)AcpiTableHeader.SpecSize), (uint)bytes.Length)], file));
    }
}
