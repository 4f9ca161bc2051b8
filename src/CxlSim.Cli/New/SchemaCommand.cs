using System.CommandLine;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary><c>cxlsim schema</c>: the JSON schema of platform or scenario files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Option<bool> scenario = new("--scenario") { Description = "That of scenario files." };
        Command command = new("schema", "Print the JSON schema of platform files. Editors complete and explain keys with it.") { scenario };
        command.SetAction(parsed => Console.Out.Write(parsed.GetValue(scenario) ? PlatformLanguage.ScenarioSchema() : PlatformLanguage.Schema()));
        return command;
    }
}
