namespace CxlSim.Cli.Tests;

/// <summary>A folder for files of one test, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>One card of 1 GiB and no steps: lines 1 to 3.</summary>
    public const string OneCard = """
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, targets: [5]}]

        """;

    private readonly string _path = Directory.CreateTempSubdirectory("cxlsim-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
