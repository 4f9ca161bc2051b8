using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Finds ACPI tables in memory from the root pointer on and keeps their bytes (<c>drivers/acpi/tables.c</c>).</summary>
/// <remarks>What firmware wrote may be wrong in any way: a table that cannot be read is a log line and is not there.</remarks>
public sealed class AcpiTables(IHostBus bus, KernelLog log, CommandLine commandLine)
{
    /// <summary>Larger than any table that a machine has; what claims more lies.</summary>
    private const uint LargestTable = 16 << 20;
    private const int MaxTables = 256;

    /// <summary>Those that go on with the namespace of the DSDT (<c>acpi_tb_load_namespace</c>).</summary>
    private static readonly string[] Further = ["SSDT", "PSDT", "OSDT"];

    private readonly List<(string Signature, byte[] Bytes)> _tables = [];

    /// <summary>In the order of the XSDT, the DSDT last.</summary>
    public IReadOnlyList<(string Signature, byte[] Bytes)> All => _tables;

    /// <summary>The DSDT, and behind it what goes on with it.</summary>
    public IEnumerable<byte[]> Namespace => _tables.Where(table => table.Signature == "DSDT").Take(1).Concat(_tables.Where(table => Further.Contains(table.Signature))).Select(table => table.Bytes);

    /// <summary>Sums are only looked at where somebody asks for it, and a wrong one costs nothing but a warning (<c>acpi_table_init</c>).</summary>
    private readonly bool _isVerified = commandLine.Has("acpi_force_table_verification");

    /// <summary><c>acpi=off</c>: no table is looked at (acpi_disabled).</summary>
    public bool AreOff { get; } = commandLine.Value("acpi") == "off";

    /// <summary>The first of a name is the one that is looked up.</summary>
    public byte[]? Find(string signature) => _tables.Find(table => table.Signature == signature).Bytes;

    public void Load(Hpa rsdpAddress)
    {
        if (AreOff)
        {
            return;
        }

        log.Info(_isVerified ? "ACPI: table checksums are verified" : "ACPI: Early table checksum verification disabled");
        byte[] rsdpBytes = new byte[Rsdp.SpecSize];
        if (bus.Load(rsdpAddress, rsdpBytes) != BusResult.Done
            || !BinaryLayout.TryRead(rsdpBytes, out Rsdp rsdp)
            || rsdp.Signature != Rsdp.ExpectedSignature)
        {
            log.Error($"ACPI: no root pointer at {rsdpAddress}");
            return;
        }

        log.Info($"ACPI: RSDP 0x{rsdpAddress.Value:X16} {rsdp.Length:X6} (v{rsdp.Revision:00})");
        // Neither sum of the pointer is looked at; before ACPI 2.0 there was no XSDT (acpi_tb_parse_root_table).
        bool isWide = rsdp.Revision > 1 && rsdp.XsdtAddress != 0;
        if (Read(new Hpa(isWide ? rsdp.XsdtAddress : rsdp.RsdtAddress)) is not { } root)
        {
            log.Error($"ACPI: no {(isWide ? "XSDT" : "RSDT")}");
            return;
        }

        int width = isWide ? sizeof(ulong) : sizeof(uint);
        int count = Math.Min(MaxTables, (root.Length - AcpiTableHeader.SpecSize) / width);
        for (int i = 0; i < count; i++)
        {
            int entry = AcpiTableHeader.SpecSize + (width * i);
            Add(new Hpa(isWide ? BitConverter.ToUInt64(root, entry) : BitConverter.ToUInt32(root, entry)));
        }

        if (Find("FACP") is { } fadt && fadt.Length >= Fadt.Dsdt + 4)
        {
            AddDsdt(fadt);
        }
    }

    /// <summary>Of two addresses that differ the wide one counts (<c>acpi_tb_select_address</c>).</summary>
    private void AddDsdt(byte[] fadt)
    {
        uint narrow = BitConverter.ToUInt32(fadt, Fadt.Dsdt);
        ulong wide = fadt.Length >= Fadt.WideDsdt + 8 ? BitConverter.ToUInt64(fadt, Fadt.WideDsdt) : 0;
        if (narrow != 0 && wide != 0 && narrow != wide)
        {
            log.Warning($"ACPI: [Firmware Bug]: the FADT has the DSDT at 0x{narrow:x} and at 0x{wide:x}; the wide address counts");
        }

        Add(new Hpa(wide != 0 ? wide : narrow));
    }

    private void Add(Hpa address)
    {
        if (address != Hpa.Zero && Read(address) is { } table)
        {
            _tables.Add((AcpiTableHeader.Name(BitConverter.ToUInt32(table)), table));
        }
    }

    private byte[]? Read(Hpa address)
    {
        byte[] headerBytes = new byte[AcpiTableHeader.SpecSize];
        if (bus.Load(address, headerBytes) != BusResult.Done || !BinaryLayout.TryRead(headerBytes, out AcpiTableHeader header))
        {
            return null;
        }

        string name = AcpiTableHeader.Name(header.Signature);
        if (header.Length < AcpiTableHeader.SpecSize || header.Length > LargestTable)
        {
            log.Error($"ACPI: table at {address} has an impossible length of {header.Length}");
            return null;
        }

        // Where the last byte lies in no memory, the way there need not be walked: it may lead through megabytes of nothing.
        byte[] table = new byte[header.Length];
        Hpa last = new(unchecked(address.Value + header.Length - 1));
        if (bus.Load(last, table.AsSpan(0, 1)) != BusResult.Done || bus.Load(address, table) != BusResult.Done)
        {
            log.Error($"ACPI: table {name} at {address} does not lie in memory");
            return null;
        }

        if (_isVerified)
        {
            Verify(name, header, table);
        }

        log.Info($"ACPI: {name} 0x{address.Value:X16} {header.Length:X6} (v{header.Revision:00})");
        return table;
    }

    private void Verify(string name, AcpiTableHeader header, byte[] table)
    {
        byte sum = table.Aggregate((byte)0, (total, value) => unchecked((byte)(total + value)));
        if (sum != 0)
        {
            log.Warning($"ACPI: [Firmware Bug]: {name}: checksum is 0x{header.Checksum:X2}, should be 0x{unchecked((byte)(header.Checksum - sum)):X2}");
        }
    }
}
