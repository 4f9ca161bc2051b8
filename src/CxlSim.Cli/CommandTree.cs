using System.CommandLine;
using System.CommandLine.Help;

namespace CxlSim.Cli;

/// <summary>All commands of the program, by what one wants of them.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        (string Title, Command[] Commands)[] groups =
        [
            ("Begin", [NewCommand.Create(), RunCommand.Create(), CheckCommand.Create(), ExplainCommand.Create()]),
            ("Look", [ShowCommand.Create(), ListCommand.Create(), TranslateCommand.Create(), TablesCommand.Create(), DiffCommand.Create(), ReportCommand.Create()]),
            ("Step through", [DebugCommand.Create(), DapCommand.Create(), ReplayCommand.Create()]),
            ("Use as a machine", [ShellCommand.Create(), MountCommand.Create(), ExportCommand.Create()]),
            ("Test", [TestCommand.Create(), MergeResultsCommand.Create(), FuzzCommand.Create()]),
            ("Measure", [MlcCommand.Create(), WorkloadCommand.Create()]),
            ("Files and editors", [ImportCommand.Create(), SchemaCommand.Create(), CompletionCommand.Create()]),
        ];
        RootCommand root = new("Boots a described machine through the whole life of CXL memory under Linux, in virtual time.");
        foreach (Command command in groups.SelectMany(group => group.Commands))
        {
            root.Add(command);
        }

        PathCompletions.AddTo(root);
        EmptyNames.RefuseBelow(root);
        HelpOption plain = root.Options.OfType<HelpOption>().Single();
        root.Options.Remove(plain);
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpWithExamples((HelpAction)plain.Action!, groups) });
        return root;
    }
}
