namespace CxlSim.Cli.Tests;

/// <summary>Scenario files of a machine with one card of 1 GiB.</summary>
internal static class GivenScenario
{
    /// <summary>Lines 1 to 4.</summary>
    private const string Machine = """
        platform:
          host_bridges:
            - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
          windows: [{base: 0x1000000000, targets: [5]}]

        """;

    /// <summary>What comes after the machine: of a case that holds, and of one that does not.</summary>
    public const string Good = "expect: {in_use: {card: 0}}";
    public const string Bad = "steps: [{read: no/such/file}]";

    /// <param name="folder">Takes the file.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="rest">From line 5 on.</param>
    public static string Scenario(this ScratchFolder folder, string name, string rest) => folder.Write(name, Machine + rest + "\n");

    /// <summary>Runs <c>cxlsim test</c>; recordings of failures go into the folder.</summary>
    public static ProgramResult Test(this ScratchFolder folder, params string[] arguments) => RealProgram.Run(["test", .. arguments, "--records", folder["records"]]);

    /// <summary>Lines such as "ok name" in their order, without what is said of failures.</summary>
    public static string[] Verdicts(this ProgramResult result) =>
    [
        .. result.Output.Split('\n').Where(line => line.StartsWith("ok  ", StringComparison.Ordinal) || line.StartsWith("FAIL", StringComparison.Ordinal))
            .Select(line => $"{line[..4].Trim()} {line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}"),
    ];
}
