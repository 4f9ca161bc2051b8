using System.Text;

namespace CxlSim.Firmware.Tests;

/// <summary>The tables as an operating system finds them: from the RSDP through the XSDT.</summary>
internal sealed class Tables
{
    private readonly Dictionary<string, byte[]> _tables = [];

    public Tables(Board board)
    {
        Rsdp = board.Memory(board.Handoff.Rsdp.Value, 36);
        byte[] xsdt = Read(board, BitConverter.ToUInt64(Rsdp, 24));
        _tables["XSDT"] = xsdt;
        for (int entry = 36; entry < xsdt.Length; entry += 8)
        {
            byte[] table = Read(board, BitConverter.ToUInt64(xsdt, entry));
            _tables.Add(Encoding.ASCII.GetString(table, 0, 4), table);
        }

        _tables["DSDT"] = Read(board, BitConverter.ToUInt64(this["FACP"], 140));
    }

    public byte[] Rsdp { get; }

    public IReadOnlyDictionary<string, byte[]> All => _tables;

    public byte[] this[string name] => _tables[name];

    private static byte[] Read(Board board, ulong address) => board.Memory(address, BitConverter.ToInt32(board.Memory(address, 8), 4));
}
