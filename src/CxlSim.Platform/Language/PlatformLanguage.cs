using CxlSim.Platform.Language;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform;

/// <summary>The language of platform files, told by the keys that its readers know.</summary>
public static class PlatformLanguage
{
    private const string Introduction = """
        # Platform files

        Made from the program by its tests (`CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Platform.Tests`); do not edit.

        A platform file is YAML. What is left out is filled in, as a sane board would have it. Values:

        - **number**: decimal, or hexadecimal after `0x`; underscores between digits.
        - **size**: a number with `B`, `KiB`, `MiB`, `GiB`, `TiB` or `PiB`, or of bytes.
        - **address**: a number below 2^52.
        - **range**: `0x0-0x9ffff`, the last byte included.
        - **duration**: `12.5ns`, `20us`, `1ms`, `2s`.
        - **device.function**: hexadecimal as lspci prints it, `1f.2`.

        An editor that knows YAML schemas completes keys and shows these lines: `cxlsim schema > platform.schema.json`, and the first line of the file
        `# yaml-language-server: $schema=platform.schema.json`. The schema of this version is [platform.schema.json](platform.schema.json).

        """;

    /// <summary>A JSON schema for editors.</summary>
    public static string Schema() => SchemaWriter.Write(MachineReader.Keys, "A cxlsim platform");

    /// <summary>A JSON schema of scenario files.</summary>
    public static string ScenarioSchema() => SchemaWriter.Write(ScenarioReader.Keys, "A cxlsim scenario", "\\$\\([^)]+\\)");

    /// <summary>A page with every key, in Markdown.</summary>
    public static string Reference() => ReferencePage.Write(MachineReader.Keys, Introduction);
}
