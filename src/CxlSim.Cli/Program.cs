using System.CommandLine;
using CxlSim.Cli;

RootCommand root = new("Boots a described machine through the whole life of CXL memory under Linux, in virtual time.")
{
    NewCommand.Create(),
    RunCommand.Create(),
    ReplayCommand.Create(),
    MountCommand.Create(),
    ShellCommand.Create(),
    TestCommand.Create(),
    MergeResultsCommand.Create(),
    DebugCommand.Create(),
    DapCommand.Create(),
    ExportCommand.Create(),
    ListCommand.Create(),
    ShowCommand.Create(),
    DiffCommand.Create(),
    ExplainCommand.Create(),
    ReportCommand.Create(),
    TablesCommand.Create(),
    TranslateCommand.Create(),
    MlcCommand.Create(),
    WorkloadCommand.Create(),
    CheckCommand.Create(),
    FuzzCommand.Create(),
    SchemaCommand.Create(),
    ImportCommand.Create(),
};
ParseResult arguments = root.Parse(args);
return arguments.Errors.Count > 0 && arguments.Action is not System.CommandLine.Help.HelpAction
    ? Usage.Refuse(arguments)
    : arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
