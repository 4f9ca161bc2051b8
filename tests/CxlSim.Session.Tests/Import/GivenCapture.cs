using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session.Tests;

/// <summary>Captures in few words: files of recordings, texts, tables.</summary>
internal static class GivenCapture
{
    public static ImportResult Import(params CaptureFile[] files) => CaptureImporter.Import(new CapturedMachine("capture", files), "imported");

    public static CaptureFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A file of a recording.</summary>
    public static CaptureFile Recorded(string recording, string path) => new(Path.GetFileName(path), File.ReadAllBytes(RepositoryRoot.Golden(recording, path)));

    public static CaptureFile[] Tables(string recording) =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Golden(recording, "fw", "tables")).Order(StringComparer.Ordinal).Select(path => new CaptureFile(Path.GetFileName(path), File.ReadAllBytes(path)))];

    /// <summary>A table of a body, with a header and a checksum that fit it.</summary>
    public static CaptureFile Table(string signature, byte revision, Action<ByteWriter> body)
    {
        ByteWriter table = new ByteWriter().Ascii(signature, 4).U32(0).U8(revision).U8(0).Ascii("MAKER ", 6).Ascii("MACHINE1", 8).U32(1).Ascii("TEST", 4).U32(1);
        body(table);
        BitConverter.TryWriteBytes(table.At(4, 4), table.Length);
        table.At(9, 1)[0] = AcpiChecksum.Of(table.At(0, table.Length));
        return new CaptureFile(signature, table.ToArray());
    }

    /// <summary>What firmware of a machine leaves to the kernel, by signature.</summary>
    public static Dictionary<string, byte[]> TablesOf(PlatformDescription platform) =>
        Given.Booted(platform).Machine.FirmwareTables.ToDictionary(table => table.Signature, table => table.Bytes.ToArray());

    /// <summary>A window record of the CEDT (CXL r3.1 9.18.1.3).</summary>
    public static ByteWriter Window(this ByteWriter body, ulong start, ulong size, byte ways, byte arithmetic, params uint[] targets)
    {
        body.U8(1).U8(0).U16((ushort)(0x24 + (4 * targets.Length))).U32(0).U64(start).U64(size).U8(ways).U8(arithmetic).U16(0).U32(0).U16(6).U16(0);
        return targets.Aggregate(body, (writer, uid) => writer.U32(uid));
    }

    /// <summary>A host bridge record of the CEDT (CXL r3.1 9.18.1.2).</summary>
    public static ByteWriter Bridge(this ByteWriter body, uint uid, uint version, ulong start) =>
        body.U8(0).U8(0).U16(0x20).U32(uid).U32(version).U32(0).U64(start).U64(0x10000);

    /// <summary>Every finding as <c>CXInnnn FILE:LINE</c>, but for what no capture tells.</summary>
    public static IEnumerable<string> Places(this ImportResult result) => result.Findings
        .Where(finding => !finding.Message.Contains("in no capture", StringComparison.Ordinal))
        .Select(finding => $"{finding.Id} {finding.Location.File}:{finding.Location.Line}");
}
