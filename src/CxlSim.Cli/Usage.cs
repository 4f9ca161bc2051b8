using System.CommandLine;

namespace CxlSim.Cli;

/// <summary>What a command line that makes no sense is answered with.</summary>
internal static class Usage
{
    public static int Refuse(ParseResult arguments)
    {
        foreach (System.CommandLine.Parsing.ParseError error in arguments.Errors)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}");
        }

        Console.Error.WriteLine("cxlsim: see 'cxlsim --help' and 'cxlsim run --help'");
        return ExitCode.BadInput;
    }
}
