using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CxlSim.Cli;

/// <summary>Serves clients that connect to a port of the loopback address, each with a machine of its own.</summary>
internal static class DapPort
{
    /// <summary>Clients at once; others wait.</summary>
    private const int Most = 8;

    /// <summary>Until the process is stopped. Exit code 2 where the port cannot be had.</summary>
    public static int Listen(ushort port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            Console.Error.WriteLine($"cxlsim: port {port} cannot be had: {error.Message}");
            return ExitCode.BadInput;
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: listening on {listener.LocalEndpoint}"));
        using SemaphoreSlim places = new(Most);
        while (true)
        {
            places.Wait();
            TcpClient client = listener.AcceptTcpClient();
            new Thread(() => Serve(client, places)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(TcpClient client, SemaphoreSlim places)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            new DapServer(stream, stream).Run();
        }
        catch (Exception bug)
        {
            BugReport.Print(bug, null, "dap"); // of one client: the others go on
        }
        finally
        {
            client.Dispose();
            places.Release();
        }
    }
}
