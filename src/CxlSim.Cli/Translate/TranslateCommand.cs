using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;

namespace CxlSim.Cli;

/// <summary><c>cxlsim translate PLATFORM ADDRESS...</c>: where the booted machine's committed decoders send addresses.</summary>
internal static class TranslateCommand
{
    private const string Json = "json";

    public static Command Create()
    {
        BootArguments boot = new(runsSteps: true);
        Argument<string[]> addresses = new("address")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Host physical addresses: 0xc050000100, 4096, 16GiB; - or none reads them from standard input, one per line.",
        };
        addresses.Validators.Add(RefuseOthers);
        Option<string?> reverse = new("--reverse")
        {
            HelpName = "memdev",
            Description = "The addresses are bytes (DPA) of this device, named as the kernel or the platform file does; prints what address leads there, and what the driver reports where that is another.",
        };
        Option<bool> explain = new("--explain") { Description = "Tell the way of each address: decoders, arithmetic, and what let it fall." };
        Option<string> format = new("--format")
        {
            HelpName = "format",
            Description = "text: a line per address; json: a JSON object per line.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", Json);
        Command command = new("translate", "Say where the committed decoders of a booted machine send addresses. Exit code 0: all lead to a device; 1: some do not; 2: bad input.");
        boot.AddTo(command);
        command.Add(addresses);
        command.Add(reverse);
        command.Add(explain);
        command.Add(format);
        command.SetAction(parsed => boot.Boot(parsed) is { } session
            ? new TranslateRun(session, new TranslateOptions
            {
                Addresses = parsed.GetValue(addresses) ?? [],
                Reverse = parsed.GetValue(reverse),
                Explain = parsed.GetValue(explain),
                Json = parsed.GetValue(format) == Json,
            }).Execute()
            : boot.WithoutMachine);
        return command;
    }

    private static void RefuseOthers(ArgumentResult result)
    {
        foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word != TranslateOptions.StandardInput))
        {
            if (word.StartsWith('-'))
            {
                result.AddError($"{Usage.UnknownOption} '{word}'");
            }
            else if (!AddressText.TryParse(Encoding.UTF8.GetBytes(word), out _))
            {
                result.AddError(AddressText.Refusal(Encoding.UTF8.GetBytes(word)));
            }
        }
    }
}
