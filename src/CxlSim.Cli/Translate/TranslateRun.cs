using System.Globalization;
using System.Text;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>One run, from a booted machine to an exit code.</summary>
internal sealed class TranslateRun(MachineSession session, TranslateOptions options)
{
    private const int OutputBuffer = 64 * 1024;

    public int Execute()
    {
        AddressRoutes routes = session.Machine.Routes;
        foreach (string fault in routes.Faults)
        {
            Console.Error.WriteLine($"cxlsim: warning: {fault}");
        }

        RouteDevice? device = options.Reverse is { } name ? routes.Find(name) : null;
        if (device is null && options.Reverse is not null)
        {
            string known = string.Join(", ", routes.Devices.Select(found => found.Memdev is null ? found.Device.Id : $"{found.Name} ({found.Device.Id})"));
            Console.Error.WriteLine($"cxlsim: found the memdev '{options.Reverse}'; expected one of: {known}");
            return ExitCode.BadInput;
        }

        try
        {
            using StreamWriter output = new(StandardStream.OpenOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OutputBuffer);
            ITranslationView view = options.Json ? new TranslationJson(routes, output, options.Explain) : new TranslationText(routes, output, options.Explain);
            return Translate(new TranslationBatch(routes, device, view), output);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the addresses cannot be read: {error.Message}");
            return ExitCode.BadInput;
        }
    }

    private int Translate(TranslationBatch batch, StreamWriter output)
    {
        bool areGood = true;
        foreach (string address in options.Addresses.DefaultIfEmpty(TranslateOptions.StandardInput))
        {
            if (address == TranslateOptions.StandardInput)
            {
                areGood &= TranslateInput(batch, output);
            }
            else
            {
                AddressText.TryParse(Encoding.UTF8.GetBytes(address), out ulong value); // a word that is none was refused before the boot
                batch.Add(value);
            }
        }

        batch.Flush();
        return !areGood ? ExitCode.BadInput : batch.HasMisses ? ExitCode.NotAsExpected : ExitCode.Success;
    }

    /// <summary>False where a line was no address; the others are answered.</summary>
    private static bool TranslateInput(TranslationBatch batch, StreamWriter output)
    {
        bool areGood = true;
        AddressLines lines = new(Console.OpenStandardInput(), beforeWait: () =>
        {
            batch.Flush();
            output.Flush();
        });
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AddressText.TryParse(line, out ulong value))
            {
                batch.Add(value);
            }
            else if (!line.IsEmpty)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: line {lines.Number} of standard input: {AddressText.Refusal(line)}"));
                areGood = false;
            }
        }

        return areGood;
    }
}
