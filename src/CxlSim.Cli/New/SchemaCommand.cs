using System.CommandLine;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary><c>cxlsim schema</c>: the JSON schema of platform files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Command command = new("schema", "Print the JSON schema of platform files, with which editors complete and explain their keys.");
        command.SetAction(_ => Console.Out.Write(PlatformLanguage.Schema()));
        return command;
    }
}
